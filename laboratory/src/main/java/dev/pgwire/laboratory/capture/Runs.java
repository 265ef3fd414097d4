package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds which statement each message of a session belongs to: the server answers in the order of the requests. */
final class Runs {
    /** How many requests, statements and portals are kept in mind; the eldest are forgotten. */
    private static final int MOST = 10_000;

    private final CapturedConnection connection;
    private final Consumer<CapturedStatement> told;
    private final Deque<Run> waiting = new ArrayDeque<>();
    private final Map<String, Run> statements = new Names();
    private final Map<String, Run> portals = new Names();
    private @Nullable Run last;
    /** After an error the server passes over everything up to the next Sync, also what is not sent yet. */
    private boolean skipping;

    private boolean copying;
    /** The Syncs that the server is believed to ignore, as it waits for data; none once there was any. */
    private final Deque<Run> ignored = new ArrayDeque<>();

    Runs(CapturedConnection connection, Consumer<CapturedStatement> told) {
        this.connection = connection;
        this.told = told;
    }

    private static final class Names extends LinkedHashMap<String, Run> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
            return size() > MOST;
        }
    }

    /** Takes the next message of a session; gives the statement that it belongs to, null if it is not known or there is none. */
    @Nullable
    String add(Frame frame, @Nullable Message message, long time) {
        return frame.side() == Side.FRONTEND
                ? request((char) frame.tag(), message, time)
                : answer(frame, message, time);
    }

    private @Nullable String request(char tag, @Nullable Message message, long time) {
        switch (tag) {
            case 'Q' -> sent(new Run(Run.Kind.QUERY, time, message instanceof Query query ? query.sql() : ""));
            case 'F' -> sent(new Run(Run.Kind.FUNCTION_CALL, time, (Run) null));
            case 'S' -> {
                skipping = false;
                (copying ? ignored : waiting).add(new Run(Run.Kind.SYNC, time, last));
            }
            case 'd' -> {
                if (copying) {
                    ignored.clear();
                }
            }
            case 'c', 'f' -> endData(time);
            case 'P' -> parse(message instanceof Parse parse ? parse : null, time);
            case 'B' -> bind(message instanceof Bind bind ? bind : null, time);
            case 'E' ->
                sent(new Run(
                        Run.Kind.EXECUTE,
                        time,
                        message instanceof Execute execute ? portals.get(execute.portal()) : null));
            case 'D' ->
                sent(new Run(
                        Run.Kind.DESCRIBE,
                        time,
                        message instanceof Describe describe
                                ? named(describe.target()).get(describe.name())
                                : null));
            case 'C' ->
                sent(new Run(
                        Run.Kind.CLOSE,
                        time,
                        message instanceof Close close ? named(close.target()).remove(close.name()) : null));
            case 'X' -> last = null;
            default -> {
                // Belongs to what was sent before.
            }
        }
        return last == null ? null : last.sql();
    }

    private void endData(long time) {
        if (!copying && !skipping && !waiting.isEmpty()) {
            waiting.add(new Run(Run.Kind.COPY_END, time, last));
        }
        copying = false;
        ignored.clear();
    }

    /** The Syncs behind a COPY are ignored, up to the end of its data. */
    private void beginCopy(Run copy) {
        waiting.remove();
        ignored.clear();
        while (isNext(Run.Kind.SYNC)) {
            ignored.add(waiting.remove());
        }
        copying = !isNext(Run.Kind.COPY_END);
        waiting.push(copy);
    }

    private boolean isNext(Run.Kind kind) {
        return !waiting.isEmpty() && waiting.element().kind() == kind;
    }

    /** A COPY that fails before there is any data has not ignored them. */
    private void takeBack(Run copy) {
        waiting.remove();
        while (!ignored.isEmpty()) {
            waiting.push(ignored.removeLast());
        }
        waiting.push(copy);
        copying = false;
    }

    private void parse(@Nullable Parse parse, long time) {
        Run run =
                parse == null ? new Run(Run.Kind.PARSE, time, (Run) null) : new Run(Run.Kind.PARSE, time, parse.sql());
        if (parse != null) {
            statements.put(parse.name(), run);
        }
        sent(run);
    }

    private void bind(@Nullable Bind bind, long time) {
        Run run = new Run(Run.Kind.BIND, time, bind == null ? null : statements.get(bind.statement()));
        if (bind != null) {
            portals.put(bind.portal(), run);
        }
        sent(run);
    }

    private Map<String, Run> named(Target target) {
        return target == Target.STATEMENT ? statements : portals;
    }

    private void sent(Run run) {
        last = run;
        if (!skipping) {
            waiting.add(run);
            if (waiting.size() > MOST) {
                waiting.remove();
            }
        }
    }

    private @Nullable String answer(Frame frame, @Nullable Message message, long time) {
        while (isNext(Run.Kind.COPY_END)) {
            waiting.remove();
        }
        Run head = waiting.peek();
        if (head == null) {
            return null;
        }
        switch ((char) frame.tag()) {
            case '1', '2' -> {
                head.answered(time);
                over(head);
            }
            case '3', 'n' -> over(head);
            case 'T' -> {
                if (head.kind() == Run.Kind.DESCRIBE) {
                    over(head);
                }
            }
            case 'D', 'd' -> head.row(time);
            case 'C' -> ended(head, time, message instanceof CommandComplete complete ? complete.tag() : "");
            case 's' -> ended(head, time, "PortalSuspended");
            case 'I' -> ended(head, time, "EmptyQueryResponse");
            case 'V' -> head.ended(time, "FunctionCallResponse");
            case 'G' -> beginCopy(head);
            case 'E' -> {
                takeBack(head);
                failed(head, time, message);
            }
            case 'Z' -> ready(time);
            default -> {
                // Says nothing of how far it is.
            }
        }
        return head.sql();
    }

    private void ended(Run head, long time, String how) {
        head.ended(time, how);
        copying = false;
        ignored.clear();
        if (head.kind() == Run.Kind.EXECUTE) {
            over(head);
        }
    }

    private void failed(Run head, long time, @Nullable Message message) {
        String state = message instanceof ErrorResponse error
                ? " " + error.diagnostic().sqlState()
                : "";
        Run failed = head;
        if (head.kind() == Run.Kind.PARSE || head.kind() == Run.Kind.BIND || head.kind() == Run.Kind.DESCRIBE) {
            failed = executionOf(head);
        }
        failed.ended(time, "ERROR" + state);
        tell(failed);
        if (head.kind() == Run.Kind.QUERY || head.kind() == Run.Kind.FUNCTION_CALL) {
            return;
        }
        while (!waiting.isEmpty() && waiting.element().kind() != Run.Kind.SYNC) {
            waiting.remove();
        }
        skipping = waiting.isEmpty();
    }

    /** The run that was to follow a Parse or a Bind that has failed. */
    private Run executionOf(Run head) {
        for (Run run : waiting) {
            if (run.kind() == Run.Kind.EXECUTE) {
                return run;
            }
            if (run.kind() == Run.Kind.SYNC) {
                break;
            }
        }
        return head;
    }

    private void ready(long time) {
        Run over = waiting.poll();
        while (over != null && over.kind() != Run.Kind.SYNC) {
            if (over.kind() == Run.Kind.QUERY || over.kind() == Run.Kind.FUNCTION_CALL) {
                if (!over.hasEnded()) {
                    over.ended(time, "ReadyForQuery");
                }
                tell(over);
                return;
            }
            over = waiting.poll();
        }
    }

    private void over(Run run) {
        waiting.remove();
        tell(run);
    }

    private void tell(Run run) {
        if (run.hasEnded() && !run.isTold()) {
            CapturedStatement statement = run.finish(connection);
            if (statement != null) {
                told.accept(statement);
            }
        }
    }

    /** Something was lost: what is asked and what is answered can no longer be put beside each other. */
    void lost() {
        waiting.clear();
        ignored.clear();
        copying = false;
        skipping = false;
    }

    /** There is no more. */
    void end(long time) {
        for (Run run : waiting) {
            if (!run.hasEnded()) {
                run.ended(time, "cut");
            }
            tell(run);
        }
        waiting.clear();
    }
}
