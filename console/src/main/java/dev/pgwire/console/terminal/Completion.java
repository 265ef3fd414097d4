package dev.pgwire.console.terminal;

import dev.pgwire.console.shell.Shell;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What the tabulator key offers: in a statement, behind a backslash, for a variable. */
final class Completion implements Completer {
    private final Shell shell;
    private final CommandCompletion commands;
    private final SqlCompletion statements;
    private String statement = "";
    private boolean active;

    Completion(Shell shell) {
        this.shell = shell;
        CatalogNames names = new CatalogNames(shell);
        this.commands = new CommandCompletion(shell, names);
        this.statements = new SqlCompletion(shell, names);
    }

    /** The statement that the next line goes on with. */
    void follows(String newStatement) {
        statement = newStatement;
    }

    /** Whether a line of a script is entered, and not an answer to a question. */
    void goesOn(boolean newActive) {
        active = newActive;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (active) {
            complete(line, candidates);
        }
    }

    void complete(ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        String before = line.line().substring(0, line.cursor() - word.length());
        String after = line.line().substring(line.cursor());
        if (word.startsWith(":")) {
            variables(word, candidates);
        } else if (WordAtCursor.isCommand(before + word)) {
            commands.complete(before, word, candidates);
        } else {
            statements.complete(statement + "\n" + before, word, after, candidates);
        }
    }

    private void variables(String word, List<Candidate> candidates) {
        String quote =
                word.length() > 1 && (word.charAt(1) == '\'' || word.charAt(1) == '"') ? word.substring(1, 2) : "";
        String begin = ":" + quote;
        shell.variables().all().keySet().stream()
                .filter(name -> name.startsWith(word.substring(begin.length())))
                .forEach(name -> candidates.add(candidate(begin + name + quote)));
    }

    static Candidate candidate(String text) {
        return new Candidate(text);
    }

    /** One that is not complete yet, such as a schema before the name of its table: no space follows it. */
    static Candidate beginning(String text) {
        return new Candidate(text, text, null, null, null, null, false);
    }
}
