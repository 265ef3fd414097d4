package dev.pgwire.console.command;

import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;

/** {@code \?}. */
final class HelpCommands {
    static final String HELP = """
            \\d[S+] [PATTERN]  list relations, or describe those that match
            \\dt \\dv \\dm \\di \\ds \\dE [PATTERN]
                              list tables, views, materialized views, indexes, sequences, foreign tables
            \\df \\da \\do \\dT \\dD \\dn \\du \\dp ... [PATTERN]
                              list functions, aggregates, operators, types, domains, schemas, roles, privileges, ...
            \\l[+]             list databases
            \\sf[+] \\sv[+]     show the definition of a function, of a view
            \\c [DB [USER [HOST [PORT]]]]
                              connect to another database; \\conninfo tells which connection this is
            \\pset [NAME [VALUE]]
                              how results look; \\x, \\a, \\t, \\f, \\H, \\C, \\T are shorter for some of it
            \\timing [on|off]  how long each statement takes
            \\g \\gx [FILE]     send the statement, its result to a file; the latter expanded
            \\gset [PREFIX]    send it, and store the values of its row in variables
            \\gexec \\gdesc     run each value as a statement; describe the columns
            \\crosstabview     show the result as a table with two headings
            \\watch [SECONDS]  send it again and again
            \\listen CHANNEL... [count=N] [timeout=SECONDS]
                              print notifications as they come, until Ctrl-C, N of them, or none for that long
            \\p  \\r  \\w FILE   print, forget, write the statement
            \\e [FILE]         edit the statement, or a file
            \\i FILE           run a file; \\ir one that lies beside the one that names it
            \\o [FILE]         results to a file, or to a program behind |
            \\copy ...         COPY with a file of this machine
            \\if \\elif \\else \\endif
                              run lines on a condition
            \\echo TEXT        print a text; \\qecho where results go, \\warn to standard error
            \\set \\unset       variables, for :NAME, :'NAME' and :"NAME"; \\prompt asks for one
            \\getenv \\setenv   environment variables; \\! runs a program, \\cd changes the directory
            \\encoding         print the client's encoding
            \\errverbose       the last error in full
            \\restrict KEY     refuse all commands up to \\unrestrict KEY
            \\lo_import \\lo_export \\lo_unlink \\lo_list
                              large objects
            \\password [USER]  change a password
            \\q                quit
            """;

    private HelpCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(HelpCommands::commands, "?");
        commands.add(HelpCommands::lastError, "errverbose");
        commands.add(HelpCommands::copyright, "copyright");
        commands.add(HelpCommands::statements, "h", "help");
        commands.add(HelpCommands::history, "s");
    }

    private static Outcome commands(Call call) {
        call.arguments().next();
        call.shell().results().printAside(HELP, call.shell().layout());
        return Outcome.DONE;
    }

    private static Outcome lastError(Call call) {
        String error = call.shell().lastError();
        if (error == null) {
            call.shell().out().append("There is no previous error.\n");
        } else {
            call.shell().messages().error(error);
        }
        return Outcome.DONE;
    }

    private static Outcome copyright(Call call) {
        call.shell()
                .out()
                .append("pgwire, a PostgreSQL driver in pure Java, and its console.\n"
                        + "PostgreSQL is a work of its own: see https://www.postgresql.org/about/licence/\n");
        return Outcome.DONE;
    }

    private static Outcome statements(Call call) {
        String name = call.arguments().rest();
        Shell shell = call.shell();
        String help =
                SqlCommands.help(name == null ? "" : name, shell.connection().serverVersion());
        shell.results().printAside(help, shell.layout());
        return Outcome.DONE;
    }

    private static Outcome history(Call call) throws IOException {
        Shell shell = call.shell();
        String file = call.arguments().nextWithoutSemicolon();
        String text = String.join("\n", shell.input().history());
        if (file == null) {
            shell.results().printAside(text + "\n\n", shell.layout());
            return Outcome.DONE;
        }
        Files.writeString(shell.programs().path(file), text + "\n");
        shell.confirm("Wrote history to file \"" + file + "\".");
        return Outcome.DONE;
    }
}
