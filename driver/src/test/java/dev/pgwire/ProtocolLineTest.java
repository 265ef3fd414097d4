package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.NoBufferIsLost;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.UnknownMessage;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoBufferIsLost.class)
class ProtocolLineTest {
    private static final Query QUERY = new Query("SELECT 1");

    private static Flow answered() {
        return Flow.greeted().expect(QUERY).send(row(1), row(2), done("SELECT 2"), READY);
    }

    private static void receiveAll(ProtocolLine line, List<Message> into) {
        Message message;
        do {
            message = line.receive();
            into.add(message);
        } while (!(message instanceof ReadyForQuery));
    }

    @Test
    void whatIsSentIsAnsweredWithMessages() {
        answered().play(connection -> {
            List<Message> received = new ArrayList<>();
            connection.protocol(line -> {
                line.send(QUERY);
                receiveAll(line, received);
                assertNull(line.receive(Duration.ZERO));
            });
            assertEquals(List.of(row(1), row(2), done("SELECT 2"), READY), received);
        });
    }

    @Test
    void anUnknownTagComesAsItIs() {
        byte[] strange = {'?', 0, 0, 0, 6, 1, 2};
        Flow.greeted()
                .expect(QUERY)
                .then(server -> server.sendRaw(strange))
                .send(READY)
                .play(connection -> connection.protocol(line -> {
                    line.send(QUERY);
                    UnknownMessage unknown = assertInstanceOf(UnknownMessage.class, line.receive());
                    assertEquals('?', unknown.tag());
                    assertArrayEquals(new byte[] {1, 2}, unknown.body());
                    assertEquals(READY, line.receive());
                }));
    }

    @Test
    void aHandlerGetsTheMessagesOfUnknownTagsInOrder() {
        byte[] first = {'?', 0, 0, 0, 5, 1};
        byte[] second = {'!', 0, 0, 0, 4};
        List<Object> seen = new ArrayList<>();
        Flow.greeted()
                .expect(QUERY)
                .then(server -> server.sendRaw(first))
                .send(row(1))
                .then(server -> server.sendRaw(second))
                .send(done("SELECT 1"), READY)
                .expect(QUERY)
                .then(server -> server.sendRaw(second))
                .send(READY)
                .play(connection -> connection.protocol(line -> {
                    line.onUnknown(seen::add);
                    line.send(QUERY);
                    seen.add(line.receive(Duration.ofSeconds(Long.MAX_VALUE)));
                    seen.add(line.receive());
                    seen.add(line.receive());
                    assertNull(line.receive(Duration.ZERO));
                    line.onUnknown(null);
                    line.send(QUERY);
                    assertInstanceOf(UnknownMessage.class, line.receive());
                    assertEquals(READY, line.receive());
                }));
        assertEquals(
                List.of(
                        new UnknownMessage((byte) '?', new byte[] {1}),
                        row(1),
                        new UnknownMessage((byte) '!', new byte[0]),
                        done("SELECT 1"),
                        READY),
                seen);
    }

    @Test
    void whatAHandlerThrowsComesOut() {
        Flow.greeted()
                .expect(QUERY)
                .then(server -> server.sendRaw(new byte[] {'?', 0, 0, 0, 4}))
                .send(READY)
                .play(connection -> {
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> connection.protocol(line -> {
                                line.onUnknown(unknown -> {
                                    throw new UnsupportedOperationException("of the handler");
                                });
                                line.send(QUERY);
                                line.receive();
                            }));
                    assertFalse(connection.isClosed());
                });
    }

    @Test
    void whatComesUnaskedReachesTheSessionToo() {
        ParameterStatus changed = new ParameterStatus("application_name", "raw");
        Flow.greeted().expect(QUERY).send(changed, READY).play(connection -> {
            connection.protocol(line -> {
                line.send(QUERY);
                assertEquals(changed, line.receive());
            });
            assertEquals("raw", connection.parameter("application_name"));
        });
    }

    @Test
    void anErrorIsAMessage() {
        ErrorResponse error = error("42601", "wrong");
        Flow.greeted()
                .expect(QUERY)
                .send(error, READY)
                .play(connection -> connection.protocol(line -> {
                    line.send(QUERY);
                    assertEquals(error, line.receive());
                    assertEquals(READY, line.receive());
                }));
    }

    @Test
    void aMissingSyncIsSentAtTheEnd() {
        Parse parse = new Parse("s", "SELECT 1", new int[0]);
        Flow.greeted()
                .expect(parse, Command.FLUSH)
                .send(Signal.PARSE_COMPLETE)
                .expect(Command.SYNC)
                .send(READY)
                .expect(QUERY)
                .send(row(1), row(2), done("SELECT 2"), READY)
                .play(connection -> {
                    connection.protocol(line -> {
                        line.send(parse, Command.FLUSH);
                        assertSame(Signal.PARSE_COMPLETE, line.receive());
                    });
                    connection.protocol(line -> line.send(QUERY));
                });
    }

    @Test
    void whatIsSkippedBehindAnErrorIsNotWaitedFor() {
        Parse parse = new Parse("s", "SELEC", new int[0]);
        Flow.greeted()
                .expect(parse, QUERY)
                .send(error("42601", "wrong"))
                .expect(Command.SYNC)
                .send(READY)
                .play(connection -> connection.protocol(line -> {
                    line.send(parse, QUERY);
                    assertInstanceOf(ErrorResponse.class, line.receive());
                }));
    }

    @Test
    void aCopyThatIsLeftOpenFails() {
        Query copy = new Query("COPY t FROM STDIN");
        Flow.greeted()
                .expect(copy)
                .send(new CopyInResponse(Format.TEXT, List.of()))
                .expect(new CopyFail("the raw line has ended"))
                .send(error("57014", "COPY from stdin failed"), READY)
                .play(connection -> connection.protocol(line -> line.send(copy)));
    }

    @Test
    void aCopyThatFailsAtOnceMayLeaveItsSyncToBeAnswered() {
        Execute execute = new Execute("", 0);
        Close nothing = new Close(Target.PORTAL, "pgwire raw line");
        Flow.greeted()
                .expect(execute, Command.SYNC)
                .send(new CopyInResponse(Format.TEXT, List.of()), error("42809", "cannot copy to view"))
                .expect(new CopyFail("the raw line has ended"), Command.SYNC, nothing, Command.SYNC)
                .send(READY, READY, Signal.CLOSE_COMPLETE, READY)
                .expect(QUERY)
                .send(row(1), row(2), done("SELECT 2"), READY)
                .play(connection -> {
                    connection.protocol(line -> line.send(execute, Command.SYNC));
                    connection.protocol(line -> line.send(QUERY));
                });
    }

    @Test
    void anIncompleteMessageClosesTheConnection() {
        Flow.greeted()
                .then(server -> assertThrows(EOFException.class, server::expectEnd))
                .play(connection -> {
                    ConnectionFailureException closed = assertThrows(
                            ConnectionFailureException.class,
                            () -> connection.protocol(line -> line.sendRaw((byte) 'Q', (byte) 0, (byte) 0)));
                    assertTrue(closed.getMessage().contains("is not complete"), closed::getMessage);
                    assertTrue(connection.isClosed());
                });
    }

    @Test
    void theBlocksOwnFailureIsThrownAndTheConnectionStaysUsable() {
        IllegalStateException mine = new IllegalStateException("mine");
        Flow.greeted()
                .expect(QUERY)
                .send(row(1), done("SELECT 1"), READY)
                .expect(QUERY)
                .send(done("SELECT 0"), READY)
                .play(connection -> {
                    assertSame(
                            mine,
                            assertThrows(
                                    IllegalStateException.class,
                                    () -> connection.protocol(line -> {
                                        line.send(QUERY);
                                        throw mine;
                                    })));
                    connection.protocol(line -> line.send(QUERY));
                });
    }

    /** Else its end would wait for an answer that never comes. */
    @Test
    void whatWasRefusedIsNotWaitedFor() {
        Flow.greeted().play(connection -> {
            connection.protocol(line -> {
                assertThrows(IllegalArgumentException.class, () -> line.send(QUERY, new Query("a\0b")));
                Thread.currentThread().interrupt();
                assertThrows(QueryCanceledException.class, () -> line.send(QUERY));
                assertTrue(Thread.interrupted());
            });
            assertFalse(connection.isClosed());
        });
    }

    @Test
    void theLineIsOfNoUseOutsideOfItsBlock() {
        ProtocolLine[] kept = new ProtocolLine[1];
        Flow.greeted().play(connection -> {
            connection.protocol(line -> kept[0] = line);
            assertThrows(InterfaceException.class, () -> kept[0].send(QUERY));
            assertThrows(InterfaceException.class, () -> kept[0].receive());
            assertThrows(InterfaceException.class, () -> kept[0].onUnknown(unknown -> {}));
        });
    }

    @Test
    void theConnectionItselfIsRefusedInsideOfTheBlock() {
        Flow.greeted()
                .play(connection -> connection.protocol(
                        line -> assertThrows(IllegalStateException.class, () -> connection.execute("SELECT 1"))));
    }
}
