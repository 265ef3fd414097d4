package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.console.output.RawText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of psql as a text file holds it: the arguments, a file or a standard input if there is one, and what came out.
 *
 * @param sections by name: {@code file}, {@code in}, {@code out}, {@code err}, {@code exit}
 */
record Transcript(List<String> arguments, Map<String, String> sections) {
    private static final Pattern BYTE = Pattern.compile("<([89A-F][0-9A-F])>");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static List<Transcript> read(Path file) {
        try {
            List<Transcript> transcripts = new ArrayList<>();
            String text = Files.readString(file);
            for (String block : text.split("(?m)^@@@(?: |$)")) {
                if (!block.isBlank()) {
                    transcripts.add(parse(block));
                }
            }
            return transcripts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Transcript parse(String block) {
        int end = block.indexOf('\n');
        List<String> arguments = new ArrayList<>();
        Matcher words = WORD.matcher(block.substring(0, end));
        while (words.find()) {
            arguments.add(words.group(1) != null ? words.group(1) : words.group(2));
        }
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : block.substring(end + 1).split("(?m)^@@ ")) {
            if (!section.isEmpty()) {
                int name = section.indexOf('\n');
                sections.put(section.substring(0, name), section.substring(name + 1));
            }
        }
        return new Transcript(arguments, sections);
    }

    String section(String name) {
        return sections.getOrDefault(name, "");
    }

    /** What came out, as it stands in the file. */
    String outcome() {
        return outcome(section("out"), section("err"), section("exit").strip());
    }

    static String outcome(String out, String err, String exit) {
        return "@@ out\n" + ended(out) + "@@ err\n" + ended(err) + "@@ exit\n" + exit + "\n";
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    /** The whole of it with another outcome, to be written back. */
    String with(String outcome) {
        StringBuilder text = new StringBuilder("@@@");
        for (String argument : arguments) {
            text.append(' ').append(argument.matches("[^\\s']+") ? argument : "'" + argument + "'");
        }
        text.append('\n');
        for (String name : List.of("file", "in")) {
            if (sections.containsKey(name)) {
                text.append("@@ ").append(name).append('\n').append(section(name));
            }
        }
        return text + outcome;
    }

    /** A section as it is given to the program: {@code <E9>} stands for that byte. */
    byte[] bytes(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = section(name);
        Matcher escapes = BYTE.matcher(text);
        int begin = 0;
        for (; escapes.find(); begin = escapes.end()) {
            bytes.writeBytes(text.substring(begin, escapes.start()).getBytes(UTF_8));
            bytes.write(Integer.parseInt(escapes.group(1), 16));
        }
        bytes.writeBytes(text.substring(begin).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    /** What a program wrote, with {@code <E9>} for a byte that is no UTF-8. */
    static String shown(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        RawText.decode(bytes).codePoints().forEach(c -> {
            if (c >= 0xDC80 && c <= 0xDCFF) {
                text.append(String.format("<%02X>", c & 0xFF));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    @Override
    public String toString() {
        return String.join(" ", arguments)
                + (sections.containsKey("in") ? " < " + firstLine("in") : "")
                + (sections.containsKey("file") ? " : " + firstLine("file") : "");
    }

    private String firstLine(String name) {
        return section(name).lines().findFirst().orElse("");
    }
}
