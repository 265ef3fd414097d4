package dev.pgwire.console.command;

import dev.pgwire.console.input.Variables;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.HexFormat;

/** {@code \lo_import}, {@code \lo_export}, {@code \lo_unlink}. */
final class LargeObjectCommands {
    private LargeObjectCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(LargeObjectCommands::importFile, "lo_import");
        commands.add(LargeObjectCommands::exportFile, "lo_export");
        commands.add(LargeObjectCommands::unlink, "lo_unlink");
    }

    private static Outcome importFile(Call call) throws IOException {
        Shell shell = call.shell();
        String file = call.arguments().next();
        String comment = call.arguments().next();
        if (file == null) {
            return call.missingArgument();
        }
        String bytes;
        try {
            bytes = HexFormat.of().formatHex(Files.readAllBytes(shell.programs().path(file)));
        } catch (FileSystemException e) {
            shell.messages().error("could not open file \"" + file + "\": " + FileLines.reason(e));
            return Outcome.FAILED;
        }
        String[] oid = {""};
        boolean success = shell.attempt(() -> {
            Table created =
                    shell.query("SELECT pg_catalog.lo_from_bytea(0, pg_catalog.decode('" + bytes + "', 'hex'))");
            oid[0] = String.valueOf(created.rows().get(0).get(0));
            if (comment != null) {
                shell.query("COMMENT ON LARGE OBJECT " + oid[0] + " IS " + Variables.literal(comment));
            }
        });
        if (success) {
            tell(shell, "lo_import " + oid[0]);
            shell.variables().set("LASTOID", oid[0]);
        }
        return Outcome.of(success);
    }

    private static Outcome exportFile(Call call) throws IOException {
        Shell shell = call.shell();
        String oid = call.arguments().next();
        String file = call.arguments().next();
        if (oid == null || file == null) {
            return call.missingArgument();
        }
        String[] bytes = {""};
        boolean success = shell.attempt(() -> bytes[0] =
                String.valueOf(shell.query("SELECT pg_catalog.encode(pg_catalog.lo_get(" + number(oid) + "), 'hex')")
                        .rows()
                        .get(0)
                        .get(0)));
        if (!success) {
            return Outcome.FAILED;
        }
        try {
            Files.write(shell.programs().path(file), HexFormat.of().parseHex(bytes[0]));
        } catch (FileSystemException e) {
            shell.messages().error("could not open file \"" + file + "\": " + FileLines.reason(e));
            return Outcome.FAILED;
        }
        tell(shell, "lo_export");
        return Outcome.DONE;
    }

    private static Outcome unlink(Call call) {
        Shell shell = call.shell();
        String oid = call.arguments().next();
        if (oid == null) {
            return call.missingArgument();
        }
        boolean success = shell.attempt(() -> shell.query("SELECT pg_catalog.lo_unlink(" + number(oid) + ")"));
        if (success) {
            tell(shell, "lo_unlink " + number(oid));
        }
        return Outcome.of(success);
    }

    /** As C reads a number: what is none is 0. */
    private static String number(String oid) {
        String digits = oid.replaceFirst("^(\\d*).*$", "$1");
        return digits.isEmpty() ? "0" : digits;
    }

    private static void tell(Shell shell, String text) {
        if (!shell.isQuiet()) {
            shell.results().stream().append(text).append('\n');
        }
    }
}
