package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.FrontendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    static List<Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsDecodedEqualsWhatWasEncoded(Sample sample) {
        Object decoded = sample.decode(sample.body());

        assertEquals(sample.message(), decoded);
        assertEquals(sample.message().hashCode(), decoded.hashCode());
        assertEquals(sample.message().toString(), decoded.toString());
        assertArrayEquals(sample.bytes(), sample.encode(decoded));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theLengthWordCountsItselfAndTheBody(Sample sample) {
        int length = Unpooled.wrappedBuffer(sample.bytes()).getInt(sample.headerLength() - 4);

        assertEquals(4 + sample.body().length, length);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMessageOutlivesTheBufferThatItWasReadFrom(Sample sample) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer();
        buffer.writeBytes(sample.bytes());
        ByteBuf body = buffer.slice(sample.headerLength(), sample.body().length);

        Object decoded = sample.decoder().apply(body);
        assertFalse(body.isReadable());
        assertEquals(1, buffer.refCnt());
        buffer.setZero(0, buffer.capacity());
        buffer.release();

        assertEquals(sample.message(), decoded);
    }

    @Test
    void noTwoSamplesOfOneDirectionAreEqualUnlessTheirBytesAre() {
        for (List<Sample> samples : List.of(Samples.backend(), Samples.frontend())) {
            for (Sample one : samples) {
                for (Sample other : samples) {
                    if (!Bytes.hex(one.bytes()).equals(Bytes.hex(other.bytes()))) {
                        assertNotEquals(one.message(), other.message());
                    }
                }
            }
        }
    }

    @Test
    void everyMessageTypeHasASample() {
        Set<String> sampled = Samples.all().stream()
                .map(sample -> sample.message().getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> types = new TreeSet<>();
        collect(BackendMessage.class, types);
        collect(FrontendMessage.class, types);

        assertEquals(types, sampled);
    }

    private static void collect(Class<?> type, Set<String> types) {
        if (type.isSealed()) {
            for (Class<?> subtype : type.getPermittedSubclasses()) {
                collect(subtype, types);
            }
        } else {
            types.add(type.getName());
        }
    }
}
