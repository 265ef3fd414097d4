package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.ProtocolViolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said on one or several connections, in the order in which it was seen. As text it is a line that names the format,
 * {@code pgwire recording 1}, and a line for each message, see {@link Said}; empty lines and those that begin with {@code #} say nothing.
 */
public final class Recording {
    /** The first line; another version of the format has another number. */
    static final String HEADER = "pgwire recording 1";

    private final List<Said> messages;

    /** A recording of these messages. */
    public Recording(List<Said> messages) {
        this.messages = List.copyOf(messages);
    }

    /**
     * Reads a file in UTF-8.
     *
     * @throws ProtocolViolation if it is no recording, or of another version
     */
    public static Recording read(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(in);
        }
    }

    /** Reads all that a reader has. */
    public static Recording read(BufferedReader in) throws IOException {
        String header = in.readLine();
        if (!HEADER.equals(header)) {
            throw new ProtocolViolation("a file that begins with \"" + header + "\", expected \"" + HEADER + "\"");
        }
        List<Said> messages = new ArrayList<>();
        int number = 1;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                messages.add(Said.parse(line));
            } catch (ProtocolViolation unreadable) {
                throw new ProtocolViolation("line " + number + " of the recording: " + unreadable.getMessage());
            }
        }
        return new Recording(messages);
    }

    /** All messages in their order. */
    public List<Said> messages() {
        return messages;
    }

    /** Those of one connection. */
    public List<Said> messages(int connection) {
        return messages.stream().filter(said -> said.connection() == connection).toList();
    }

    /** The numbers of the connections, in the order in which they begin. */
    public List<Integer> connections() {
        return messages.stream().map(Said::connection).distinct().toList();
    }

    /** The lines of the file. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        messages.forEach(said -> text.append(said).append('\n'));
        return text.toString();
    }
}
