package dev.pgwire.internal.copy;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopyingOutTest {
    private static final String SQL = "COPY t TO STDOUT";
    private static final CopyStatement STATEMENT = CopyStatement.of(SQL, CopyStatement.Direction.TO_STDOUT, false);
    private static final CopyOutResponse RESPONSE = new CopyOutResponse(Format.TEXT, List.of(Format.TEXT));

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private static BackendMessage data(String text) {
        return new CopyData(text.getBytes(StandardCharsets.UTF_8));
    }

    private Results asked(CopyingOut copying, BackendMessage... answer) {
        server.isAsked(copying, new Query(SQL));
        server.says(answer);
        return server.ends(copying);
    }

    private static String text(Results results) {
        RawBytes bytes = new RawBytes();
        StringBuilder text = new StringBuilder();
        Result result = Objects.requireNonNull(results.current());
        for (RowSlice slice = result.nextRows(); bytes.take(slice); slice = result.nextRows()) {
            text.append(new String(bytes.bytes(), 0, bytes.length(), StandardCharsets.UTF_8));
        }
        assertEquals(text.length(), bytes.total());
        return text.toString();
    }

    @Test
    void piecesAreDataWithoutWhatStandsBetween() {
        Results results = asked(
                CopyingOut.raw(server.dispatch(), STATEMENT),
                RESPONSE,
                data("1\n"),
                data(""),
                data("22\n"),
                Signal.COPY_DONE,
                done("COPY 3"),
                READY);
        assertTrue(results.isDone());
        assertEquals("1\n22\n", text(results));
        assertEquals(3, Objects.requireNonNull(results.current()).rowCount());
    }

    @Test
    void manyPiecesAreOneValueWhereThatIsWanted() {
        Results results = asked(
                CopyingOut.chunks(server.dispatch(), STATEMENT),
                RESPONSE,
                data("1\n"),
                data("22\n"),
                Signal.COPY_DONE,
                done("COPY 2"),
                READY);
        RowSlice slice =
                Objects.requireNonNull(Objects.requireNonNull(results.current()).nextRows());
        assertEquals(1, slice.to());
        assertEquals(5, slice.page().bytes().length - 4);
    }

    @Test
    void anErrorBehindSomeDataIsTheFailure() {
        Results results = asked(
                CopyingOut.raw(server.dispatch(), STATEMENT),
                RESPONSE,
                data("1\n"),
                error("22012", "division by zero"),
                READY);
        assertEquals("1\n", text(results));
        assertInstanceOf(DatabaseException.class, results.failure());
    }

    @Test
    void whereverTheConnectionIsCutTheReaderIsTold() {
        BackendMessage[] all = {RESPONSE, data("1\n"), data("22\n"), Signal.COPY_DONE, done("COPY 2"), READY};
        List<Function<Backend, CopyingOut>> ways = List.of(
                each -> CopyingOut.raw(each.dispatch(), STATEMENT),
                each -> CopyingOut.chunks(each.dispatch(), STATEMENT));
        for (Function<Backend, CopyingOut> way : ways) {
            for (int end = 0; end < all.length; end++) {
                try (Backend cut = new Backend()) {
                    CopyingOut copying = way.apply(cut);
                    cut.isAsked(copying, new Query(SQL));
                    cut.says(List.of(all).subList(0, end));
                    assertFalse(Backend.drive(copying));
                    cut.leaves();
                    Results results = cut.ends(copying);
                    assertInstanceOf(ConnectionFailureException.class, results.failure());
                }
            }
        }
    }

    @Test
    void dataThatWasNotAnnouncedIsAViolation() {
        CopyingOut copying = CopyingOut.raw(server.dispatch(), STATEMENT);
        server.isAsked(copying, new Query(SQL));
        server.says(data("1\n"));
        assertTrue(server.dispatch().transport().broken() != null);
    }
}
