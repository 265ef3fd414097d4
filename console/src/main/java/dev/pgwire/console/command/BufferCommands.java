package dev.pgwire.console.command;

import dev.pgwire.console.output.RawText;
import dev.pgwire.console.shell.Buffer;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import java.io.PrintStream;

/** The statement that is being entered: {@code \p}, {@code \r}, {@code \w}. */
final class BufferCommands {
    private BufferCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(BufferCommands::print, "p", "print");
        commands.add(BufferCommands::reset, "r", "reset");
        commands.add(BufferCommands::write, "w", "write");
        commands.add(call -> Outcome.QUIT, "q", "quit");
    }

    private static Outcome print(Call call) {
        String text = call.buffer() == null ? "" : call.buffer().next();
        if (text.isEmpty()) {
            call.shell().confirm("Query buffer is empty.");
        } else {
            RawText.print(call.shell().out(), text + "\n");
        }
        return Outcome.DONE;
    }

    private static Outcome reset(Call call) {
        if (call.buffer() != null) {
            call.buffer().reset();
        }
        call.shell().confirm("Query buffer reset (cleared).");
        return Outcome.DONE;
    }

    private static Outcome write(Call call) {
        String file = call.arguments().nextFile();
        Buffer buffer = call.buffer();
        if (buffer == null) {
            call.shell().messages().error("no query buffer");
            return Outcome.FAILED;
        }
        if (file == null) {
            return call.missingArgument();
        }
        PrintStream out = call.shell().results().open(file);
        if (out == null) {
            return Outcome.FAILED;
        }
        try (out) {
            RawText.print(out, buffer.next().isEmpty() ? "" : buffer.next() + "\n");
        }
        return Outcome.DONE;
    }
}
