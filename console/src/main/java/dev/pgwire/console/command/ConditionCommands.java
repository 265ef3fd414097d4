package dev.pgwire.console.command;

import dev.pgwire.console.input.Conditions;
import dev.pgwire.console.input.Conditions.Branch;
import dev.pgwire.console.input.Switch;
import dev.pgwire.console.shell.Buffer;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;

/** {@code \if}, {@code \elif}, {@code \else}, {@code \endif}. */
final class ConditionCommands {
    private ConditionCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(ConditionCommands::begin, "if");
        commands.add(ConditionCommands::otherwiseIf, "elif");
        commands.add(ConditionCommands::otherwise, "else");
        commands.add(ConditionCommands::end, "endif");
    }

    private static Outcome begin(Call call) {
        Conditions conditions = call.conditions();
        boolean active = conditions.isActive();
        conditions.open(active ? Branch.TAKEN : Branch.IGNORED, length(call), parentheses(call));
        if (!active) {
            ignoreExpression(call);
        } else if (!isTrue(call)) {
            conditions.branch(Branch.NOT_YET);
        }
        return Outcome.DONE;
    }

    private static Outcome otherwiseIf(Call call) {
        Conditions conditions = call.conditions();
        Branch branch = conditions.branch();
        if (branch == null) {
            return call.fail("no matching \\if");
        }
        switch (branch) {
            case TAKEN -> {
                conditions.remember(length(call), parentheses(call));
                conditions.branch(Branch.IGNORED);
                ignoreExpression(call);
            }
            case NOT_YET -> {
                discard(call);
                conditions.branch(Branch.TAKEN);
                if (!isTrue(call)) {
                    conditions.branch(Branch.NOT_YET);
                }
            }
            case IGNORED -> {
                discard(call);
                ignoreExpression(call);
            }
            default -> {
                return call.fail("cannot occur after \\else");
            }
        }
        return Outcome.DONE;
    }

    private static Outcome otherwise(Call call) {
        Conditions conditions = call.conditions();
        Branch branch = conditions.branch();
        if (branch == null) {
            return call.fail("no matching \\if");
        }
        switch (branch) {
            case TAKEN -> {
                conditions.remember(length(call), parentheses(call));
                conditions.branch(Branch.ELSE_IGNORED);
            }
            case NOT_YET -> {
                discard(call);
                conditions.branch(Branch.ELSE_TAKEN);
            }
            case IGNORED -> {
                discard(call);
                conditions.branch(Branch.ELSE_IGNORED);
            }
            default -> {
                return call.fail("cannot occur after \\else");
            }
        }
        return Outcome.DONE;
    }

    private static Outcome end(Call call) {
        if (call.conditions().isEmpty()) {
            return call.fail("no matching \\if");
        }
        if (!call.conditions().isActive()) {
            discard(call);
        }
        call.conditions().close();
        return Outcome.DONE;
    }

    private static boolean isTrue(Call call) {
        call.arguments().active(true);
        String expression = String.join(" ", call.arguments().all());
        Boolean value = Switch.parse(expression);
        if (value == null) {
            call.shell()
                    .messages()
                    .error("unrecognized value \"" + expression + "\" for \"\\" + call.name()
                            + " expression\": Boolean expected");
        }
        return Boolean.TRUE.equals(value);
    }

    private static void ignoreExpression(Call call) {
        call.arguments().active(false);
        call.arguments().all();
    }

    private static void discard(Call call) {
        Buffer buffer = call.buffer();
        if (buffer != null) {
            buffer.cut(call.conditions().length(), call.conditions().parentheses());
        }
    }

    private static int length(Call call) {
        return call.buffer() == null ? 0 : call.buffer().statement().length();
    }

    private static int parentheses(Call call) {
        return call.buffer() == null ? 0 : call.buffer().parentheses();
    }
}
