package dev.pgwire.bench.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A script: a transaction is one run of it. Immutable. */
public final class Script {
    private final String name;
    private final int weight;
    private final List<Command> commands;
    private final int[] branches;
    private final int[] ends;

    private Script(String name, int weight, List<Command> commands) {
        this.name = name;
        this.weight = weight;
        this.commands = List.copyOf(commands);
        this.branches = new int[commands.size()];
        this.ends = new int[commands.size()];
        connect();
    }

    /**
     * Reads a script.
     *
     * @param name what it is called in messages and reports
     * @param weight how often it is chosen among others
     * @param source its text
     * @throws ScriptException if it is none; the message shows the line
     */
    public static Script parse(String name, int weight, String source, Names names) {
        return new Script(name, weight, new ScriptParser(name, source, names).commands());
    }

    public String name() {
        return name;
    }

    public int weight() {
        return weight;
    }

    public List<Command> commands() {
        return commands;
    }

    /** Where to go on from a condition that does not hold: the next {@code \elif}, {@code \else} or {@code \endif}. */
    public int branch(int condition) {
        return branches[condition];
    }

    /** The {@code \endif} of an {@code \elif} or {@code \else}. */
    public int end(int branch) {
        return ends[branch];
    }

    /** Finds which conditions belong together. */
    private void connect() {
        Deque<Integer> open = new ArrayDeque<>();
        int[] begins = new int[commands.size()];
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            boolean isIf = command instanceof Command.Condition condition && !condition.continues();
            boolean goesOn = command instanceof Command.Condition || command instanceof Command.Else;
            if (isIf) {
                begins[i] = i;
                open.push(i);
            } else if (goesOn || command instanceof Command.EndIf) {
                String word = goesOn ? (command instanceof Command.Else ? "\\else" : "\\elif") : "\\endif";
                if (open.isEmpty()) {
                    throw error(i, word + " without an \\if before it");
                }
                int last = open.pop();
                if (goesOn && commands.get(last) instanceof Command.Else) {
                    throw error(i, word + " behind an \\else, expected \\endif");
                }
                branches[last] = i;
                begins[i] = begins[last];
                if (goesOn) {
                    open.push(i);
                } else {
                    close(begins[i], i);
                }
            }
        }
        if (!open.isEmpty()) {
            throw error(open.pop(), "\\if without an \\endif behind it");
        }
    }

    private void close(int begin, int end) {
        int branch = begin;
        while (branch != end) {
            ends[branch] = end;
            branch = branches[branch];
        }
    }

    private ScriptException error(int index, String what) {
        return new ScriptException(name + ": " + what + ", in command " + (index + 1) + ": "
                + commands.get(index).text());
    }
}
