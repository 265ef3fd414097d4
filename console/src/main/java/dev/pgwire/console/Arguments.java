package dev.pgwire.console;

import dev.pgwire.console.output.RawText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line as {@link RawText}. Java puts U+FFFD for what is no UTF-8; Linux tells the bytes. */
final class Arguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    static String[] ofThisProcess(String... decoded) {
        if (String.join("", decoded).indexOf('\uFFFD') < 0) {
            return decoded;
        }
        try {
            return raw(Files.readAllBytes(COMMAND_LINE), decoded);
        } catch (IOException e) {
            return escaped(decoded);
        }
    }

    /** The last ones of a command line, each with a zero byte at its end. */
    static String[] raw(byte[] commandLine, String... decoded) {
        List<String> words = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(RawText.decode(Arrays.copyOfRange(commandLine, begin, i)));
                begin = i + 1;
            }
        }
        return words.size() < decoded.length
                ? escaped(decoded)
                : words.subList(words.size() - decoded.length, words.size()).toArray(String[]::new);
    }

    /** Where the bytes are not known, some byte that is no UTF-8 stands for them: refused, and not replaced. */
    private static String[] escaped(String... decoded) {
        String[] arguments = decoded.clone();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].replace('\uFFFD', '\uDCFF');
        }
        return arguments;
    }
}
