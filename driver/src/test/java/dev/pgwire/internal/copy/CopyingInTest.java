package dev.pgwire.internal.copy;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopyingInTest {
    private static final String SQL = "COPY t FROM STDIN";
    private static final CopyInResponse RESPONSE = new CopyInResponse(Format.TEXT, List.of(Format.TEXT));
    private static final CopyFail FAIL = new CopyFail("the data ended with java.io.IOException");

    private final Backend server = new Backend();
    private final Parts source = new Parts();
    private final List<Long> progress = new ArrayList<>();
    private final CopyingIn copying = new CopyingIn(
            server.dispatch(), CopyStatement.of(SQL, CopyStatement.Direction.FROM_STDIN, false), source, progress::add);

    @AfterEach
    void close() {
        server.close();
        assertEquals(1, source.closed);
    }

    /** Parts of data, or what fails in their place. */
    private static final class Parts implements ByteSource {
        private final ArrayDeque<Object> parts = new ArrayDeque<>();
        private boolean ended;
        private int closed;

        @Override
        public boolean isReady() {
            return ended || !parts.isEmpty();
        }

        @Override
        public int read(byte[] into) throws IOException {
            Object part = parts.poll();
            if (part instanceof IOException failure) {
                throw failure;
            }
            if (part == null) {
                return -1;
            }
            byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, into, 0, bytes.length);
            return bytes.length;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static CopyData data(String text) {
        return new CopyData(text.getBytes(StandardCharsets.UTF_8));
    }

    private void begun() {
        server.isAsked(copying, new Query(SQL));
        server.says(RESPONSE);
    }

    @Test
    void partsAreSentAsTheyCome() {
        begun();
        source.parts.add("1\n");
        server.isAsked(copying, data("1\n"));
        source.parts.add("2\n");
        source.parts.add("3\n");
        server.isAsked(copying, data("2\n"), data("3\n"));
        source.ended = true;
        server.isAsked(copying, Command.COPY_DONE);
        server.says(done("COPY 3"), READY);
        assertEquals(3, server.ends(copying));
        assertEquals(List.of(0L, 2L, 4L, 6L), progress);
    }

    @Test
    void nothingIsSentWithoutRoom() {
        begun();
        source.parts.add("1\n");
        server.hasRoom(false);
        server.isWaitedFor(copying);
        server.hasRoom(true);
        server.isAsked(copying, data("1\n"));
        end();
    }

    private void end() {
        source.ended = true;
        server.isAsked(copying, Command.COPY_DONE);
        server.says(done("COPY 1"), READY);
        assertEquals(1, server.ends(copying));
    }

    @Test
    void aSourceThatFailsFailsTheCopy() {
        begun();
        IOException failure = new IOException("of the source");
        source.parts.add("1\n");
        source.parts.add(failure);
        server.isAsked(copying, data("1\n"), FAIL);
        server.says(error("57014", "COPY from stdin failed"), READY);
        assertSame(failure, server.fails(IOException.class, copying));
    }

    @Test
    void anErrorStopsTheSource() {
        begun();
        source.parts.add("1\n");
        server.isAsked(copying, data("1\n"));
        server.says(error("23505", "duplicate"));
        source.parts.add("2\n");
        server.isWaitedFor(copying);
        server.says(READY);
        server.fails(UniqueViolationException.class, copying);
        assertEquals(1, source.parts.size());
    }

    @Test
    void anErrorBehindTheLastPartIsThrown() {
        begun();
        source.ended = true;
        server.isAsked(copying, Command.COPY_DONE);
        server.says(error("23505", "duplicate"), READY);
        server.fails(UniqueViolationException.class, copying);
    }

    @Test
    void anErrorInPlaceOfTheRequestForDataIsThrown() {
        server.isAsked(copying, new Query(SQL));
        server.says(error("23505", "no"), READY);
        server.fails(UniqueViolationException.class, copying);
    }

    @Test
    void aCancelFailsTheCopyAlthoughTheServerIgnoresIt() {
        begun();
        source.parts.add("1\n");
        server.isAsked(copying, data("1\n"));
        server.gate().cancel();
        server.isAsked(copying, new CopyFail("the COPY was cancelled"));
        server.says(error("57014", "COPY from stdin failed"), READY);
        server.fails(QueryCanceledException.class, copying);
    }

    @Test
    void theLossOfTheConnectionEndsItInEachPhase() {
        begun();
        source.parts.add("1\n");
        server.isAsked(copying, data("1\n"));
        server.leaves();
        server.fails(ConnectionFailureException.class, copying);
    }

    @Test
    void anEndThatComesTooEarlyIsAViolation() {
        begun();
        source.parts.add("1\n");
        server.isAsked(copying, data("1\n"));
        server.says(done("COPY 1"));
        assertTrue(server.dispatch().transport().broken() != null);
        server.fails(RuntimeException.class, copying);
    }
}
