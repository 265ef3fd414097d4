package dev.pgwire.laboratory.proxy;

import dev.pgwire.protocol.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;

/** What becomes of a message. */
public sealed interface Fate {
    /** It goes on as it came. */
    static Fate pass() {
        return Pass.PASS;
    }

    /** It does not go on. */
    static Fate drop() {
        return Pass.DROP;
    }

    /** These go on in its place, in the same direction. */
    static Fate change(Message... messages) {
        return new Change(encode(messages));
    }

    /** These bytes go on in its place, whatever they are. */
    static Fate raw(byte... bytes) {
        return new Change(bytes.clone());
    }

    /** It goes on up to this number of its bytes, tag and length counted; then both sides are closed. */
    static Fate cutAt(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a cut behind " + bytes + " bytes, expected 0 or more");
        }
        return new Cut(bytes, false);
    }

    /** As {@link #cutAt}, and both sides are told by a reset, as when a machine goes down. */
    static Fate resetAt(int bytes) {
        return new Cut(((Cut) cutAt(bytes)).at(), true);
    }

    /** The same after a while, in which nothing of this direction moves. */
    default Fate after(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay of " + delay + ", expected none that is negative");
        }
        return new Delay(delay, this);
    }

    /** These go first, then it as this says. */
    default Fate behind(Message... messages) {
        return new Around(encode(messages), this, new byte[0]);
    }

    /** It goes as this says, then these. */
    default Fate then(Message... messages) {
        return new Around(new byte[0], this, encode(messages));
    }

    private static byte[] encode(Message... messages) {
        ByteBuf out = Unpooled.buffer();
        Arrays.asList(messages).forEach(message -> message.encode(out));
        return ByteBufUtil.getBytes(out);
    }

    /** All or nothing of it. */
    enum Pass implements Fate {
        PASS,
        DROP
    }

    /** Other bytes in its place. */
    record Change(byte[] bytes) implements Fate {}

    /** The end of the connection inside of it. */
    record Cut(int at, boolean resets) implements Fate {}

    /** The same, later. */
    record Delay(Duration delay, Fate fate) implements Fate {}

    /** The same, with bytes before and behind it. */
    record Around(byte[] before, Fate fate, byte[] behind) implements Fate {}
}
