package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.PasswordKind;
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

    private static final class Framer {
        private final FrameCutter cutter = new FrameCutter(Side.BACKEND);
        private final List<Message> messages = new ArrayList<>();

        void receive(byte[] bytes, int from, int to) {
            cutter.add(bytes, from, to - from);
            for (Frame frame = cutter.tagged(PasswordKind.PASSWORD);
                    frame != null;
                    frame = cutter.tagged(PasswordKind.PASSWORD)) {
                messages.add(frame.message());
            }
        }

        List<Message> finish() {
            assertEquals(0, cutter.waiting());
            return messages;
        }
    }
}
