package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However the network cuts a transcript, the messages are the same. */
class SplitTranscriptTest {
    private final List<BackendMessage> messages = Samples.backend().stream()
            .map(sample -> (BackendMessage) sample.message())
            .toList();
    private final byte[] transcript = transcript();

    private byte[] transcript() {
        return Bytes.written(out -> messages.forEach(message -> message.encode(out)));
    }

    @Test
    void aTranscriptSplitAnywhereDecodesTheSame() {
        for (int split = 0; split <= transcript.length; split++) {
            Framer framer = new Framer();
            framer.receive(transcript, 0, split);
            framer.receive(transcript, split, transcript.length);
            assertEquals(messages, framer.finish(), "split at " + split);
        }
    }

    @Test
    void aTranscriptInPiecesOfAnySizeDecodesTheSame() {
        for (int size = 1; size <= 64; size++) {
            Framer framer = new Framer();
            for (int from = 0; from < transcript.length; from += size) {
                framer.receive(transcript, from, Math.min(from + size, transcript.length));
            }
            assertEquals(messages, framer.finish(), "pieces of " + size);
        }
    }

    /** Cuts by length words only. */
    private static final class Framer {
        private final ByteBuf received = Unpooled.buffer();
        private final List<BackendMessage> messages = new ArrayList<>();

        void receive(byte[] bytes, int from, int to) {
            received.writeBytes(bytes, from, to - from);
            while (received.readableBytes() >= 5) {
                int length = received.getInt(received.readerIndex() + 1);
                if (received.readableBytes() < 1 + length) {
                    return;
                }
                byte tag = received.readByte();
                messages.add(BackendDecoder.decode(tag, received.skipBytes(4).readSlice(length - 4)));
            }
        }

        List<BackendMessage> finish() {
            assertEquals(0, received.readableBytes());
            received.release();
            return messages;
        }
    }
}
