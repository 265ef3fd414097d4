package dev.pgwire.internal.request;

import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.QuestionExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Target;
import java.util.function.UnaryOperator;

/**
 * Asks the server something in an open segment, and leaves it open. The statement has a name for as long as the question
 * lasts: the unnamed one may be the caller's, who has just had it described. A question that is refused fails the segment.
 */
final class OwnQuestion extends Procedure<Results> {
    private final String sql;
    private final QuestionExchange exchange;
    private final UnaryOperator<Exchange> segment;
    private boolean asked;

    /**
     * A question, whose answer is read by the driver's own codecs.
     *
     * @param segment has the segment told of the exchange, if it watches its statements
     */
    OwnQuestion(Dispatch dispatch, String sql, UnaryOperator<Exchange> segment) {
        super(dispatch);
        this.sql = sql;
        this.segment = segment;
        this.exchange = new QuestionExchange(sql, dispatch.transport(), new RowPlanner(TypeRegistry.builtin()));
    }

    @Override
    protected boolean ready() {
        return !asked || exchange.isDone();
    }

    @Override
    protected boolean proceed() {
        if (asked) {
            return over(exchange.results());
        }
        asked = true;
        String name = dispatch().statements().nextName();
        dispatch().bareRequest();
        dispatch()
                .once(name, sql)
                .message(new Close(Target.STATEMENT, name))
                .message(Command.FLUSH)
                .expect(segment.apply(exchange));
        send(Flight.ANYTHING);
        return false;
    }
}
