package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.frontend.FrontendDecoder;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten bytes that speak of thousands or billions of elements must not cost more than ten bytes do. */
class HostileCountTest {
    private static final long ALLOWED = 64 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'T' ffff 0000000000000000",
                "'T' 0001 0000000000000000",
                "'D' ffff 0000000000000000",
                "'D' 0002 0000000200000000",
                "'D' 0001 7fffffff00000000",
                "'t' ffff 0000000000000000",
                "'t' 7fff 0000000000000000",
                "'G' 00 ffff 00000000000000",
                "'H' 00 8000 00000000000000",
                "'W' 00 ffff 00000000000000",
                "'v' 00030000 7fffffff 0000",
                "'v' 00030000 ffffffff 0000",
                "'v' 00030000 80000000 0000",
                "'V' 7fffffff 000000000000",
            })
    void aCountThatCannotFitIsRefusedWithoutAllocating(String tagAndBody) {
        byte[] bytes = Bytes.hex(tagAndBody);
        refusesCheaply(bytes, body -> BackendDecoder.decode(bytes[0], body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'B' 00 00 ffff 000000000000",
                "'B' 00 00 0000 ffff 00000000",
                "'B' 00 00 0000 0000 ffff 0000",
                "'B' 00 00 0000 0001 7fffffff",
                "'P' 00 00 ffff 000000000000",
                "'F' 00000001 ffff 00000000",
                "'F' 00000001 0000 ffff 0000",
                "'p' 'X' 00 7fffffff 00000000",
            })
    void aServerRefusesTheCountsOfAClientInTheSameWay(String tagAndBody) {
        byte[] bytes = Bytes.hex(tagAndBody);
        refusesCheaply(bytes, body -> FrontendDecoder.decode(bytes[0], body, PasswordKind.SASL_INITIAL));
    }

    private void refusesCheaply(byte[] tagAndBody, Consumer<ByteBuf> decoder) {
        refuses(tagAndBody, decoder);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        refuses(tagAndBody, decoder);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertTrue(allocated < ALLOWED, () -> allocated + " bytes were allocated");
    }

    private static void refuses(byte[] tagAndBody, Consumer<ByteBuf> decoder) {
        ByteBuf body = Unpooled.wrappedBuffer(tagAndBody, 1, tagAndBody.length - 1);
        assertThrows(ProtocolViolation.class, () -> decoder.accept(body));
    }
}
