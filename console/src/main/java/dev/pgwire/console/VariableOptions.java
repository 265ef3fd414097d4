package dev.pgwire.console;

import dev.pgwire.console.input.SpecialVariables;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that set variables; those by name come last. */
final class VariableOptions {
    private final List<String> settings = new ArrayList<>();

    @Option(
            names = {"-v", "--set", "--variable"},
            paramLabel = "NAME=VALUE",
            description = "set a variable, such as ON_ERROR_STOP=1; unset it without =")
    private List<String> given = new ArrayList<>();

    @Option(
            names = {"-a", "--echo-all"},
            description = "print the lines of scripts as they are read")
    void echoAll(boolean on) {
        add(on, "ECHO=all");
    }

    @Option(
            names = {"-b", "--echo-errors"},
            description = "print statements that fail")
    void echoErrors(boolean on) {
        add(on, "ECHO=errors");
    }

    @Option(
            names = {"-e", "--echo-queries"},
            description = "print statements that are sent")
    void echoQueries(boolean on) {
        add(on, "ECHO=queries");
    }

    @Option(
            names = {"-E", "--echo-hidden"},
            description = "print the queries of \\d and its like")
    void echoHidden(boolean on) {
        add(on, "ECHO_HIDDEN=on");
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "print results only, no command tags")
    void quiet(boolean on) {
        add(on, "QUIET=on");
    }

    @Option(
            names = {"-s", "--single-step"},
            description = "ask before each statement")
    void singleStep(boolean on) {
        add(on, "SINGLESTEP=on");
    }

    @Option(
            names = {"-S", "--single-line"},
            description = "the end of a line ends a statement")
    void singleLine(boolean on) {
        add(on, "SINGLELINE=on");
    }

    private void add(boolean on, String setting) {
        if (on) {
            settings.add(setting);
        }
    }

    /** Sets them; what psql has against one, or null. */
    @Nullable
    String apply(Shell shell) {
        settings.addAll(given);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                shell.unset(setting);
                continue;
            }
            String name = setting.substring(0, equals);
            String value = SpecialVariables.kept(name, setting.substring(equals + 1));
            String error = SpecialVariables.error(name, value);
            if (error != null) {
                return error;
            }
            shell.variables().set(name, value);
        }
        return null;
    }
}
