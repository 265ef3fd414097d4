package dev.pgwire.internal.net;

// HOT: see DataRowBenchmark

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.tls.record.TlsRecords;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames by their lengths, and passes them on: DataRows, and the data of a COPY, as a run in the array of
 * received bytes, any other as a message. Where rows fill a good part of the array they stay in it, and it receives nothing more until they are
 * given back; else they are copied out.
 */
public final class FrameDecoder extends LastHandler implements TlsRecords.Reader {
    private static final byte[] NONE = {};
    private static final int FIRST_SIZE = 16 * 1024;
    /** Holds what one read gives, with a good piece of a frame before it. */
    private static final int USUAL_SIZE = 128 * 1024;

    private static final int LARGEST_SHARED = Conversation.LARGEST_SHARED;
    /** This many times what has come of a frame is the most that its array may have, so that it is seldom copied. */
    private static final int GROWTH = 8;
    /** Below this no exchange has a limit of its own. */
    private static final int UNSUSPICIOUS = 2_000;

    private final Conversation conversation;
    private final @Nullable WireTrace trace;
    /** What it reads from. */
    private @Nullable Channel channel;
    /** What decrypts the bytes that are read; null if they come in the clear. */
    private @Nullable TlsRecords tls;

    private byte[] bytes = new byte[FIRST_SIZE];
    private ByteBuf view = Unpooled.wrappedBuffer(bytes);
    private ByteBuffer room = ByteBuffer.wrap(bytes);
    /** Where the next frame begins, and where the received bytes end. */
    private int at;

    private int end;
    /** Up to where the array is filled: its length, or the end of the one frame that a large array is for. */
    private int limit = FIRST_SIZE;

    /** What receives again when the large frame is there; null if its rows are kept. */
    private byte @Nullable [] aside;

    private boolean hadLarge;

    /** A decoder before the first byte, which traces what it receives if there is a trace. */
    public FrameDecoder(Conversation conversation, @Nullable WireTrace trace) {
        this.conversation = conversation;
        this.trace = trace;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            for (ByteBuffer part : received.nioBuffers()) {
                read(part);
            }
        } finally {
            received.release();
        }
    }

    /** From now on what is read are records of TLS. */
    void decryptBy(TlsRecords records) {
        tls = records;
    }

    /** Takes all bytes that one read gave; the buffer is not used any more when this returns. */
    void read(ByteBuffer received) {
        try {
            TlsRecords encrypted = tls;
            if (encrypted == null) {
                take(received);
            } else {
                encrypted.received(received);
                if (encrypted.isClosed()) {
                    end(new ConnectionFailureException("the server closed the connection", null));
                }
            }
            if (at == end && (hadLarge || bytes.length > USUAL_SIZE) && conversation.isQuiet()) {
                shrink();
            }
        } catch (ProtocolViolation violation) {
            end(new ProtocolViolationException(violation));
        } catch (PgException refused) {
            end(refused);
        } catch (IOException | RuntimeException | Error failure) {
            // The rest of the read is lost, whatever it was: nothing that comes later would be understood.
            broke(failure);
        }
    }

    private void take(ByteBuffer received) {
        reclaim();
        while (received.hasRemaining() && conversation.ended() == null) {
            if (end == limit) {
                makeRoom();
            }
            int part = Math.min(received.remaining(), limit - end);
            received.get(bytes, end, part);
            filled(part);
        }
    }

    private void reclaim() {
        if (at > 0 && !conversation.hasTaken(bytes)) {
            moveToFront(bytes);
        }
    }

    @Override
    public ByteBuffer room(int wanted) {
        if (conversation.ended() != null) {
            // What comes now is dropped. The array may have rows that are still read.
            return ByteBuffer.allocate(Math.max(1, wanted));
        }
        reclaim();
        if (end == limit) {
            makeRoom();
        }
        return room.clear().position(end).limit(limit);
    }

    @Override
    public void filled(int count) {
        if (conversation.ended() != null) {
            return;
        }
        end += count;
        decode();
        if (at == limit && bytes.length > LARGEST_SHARED) {
            leaveLarge();
        }
    }

    /** Ends the conversation, and tells the other side of TLS. */
    private void end(PgException cause) {
        stop(cause);
        if (tls != null) {
            tls.close();
        }
        close();
    }

    /** There is no other side any more to be told. */
    private void broke(Throwable cause) {
        stop(new ConnectionFailureException("the connection broke: " + cause.getMessage(), cause));
        close();
    }

    private void stop(PgException cause) {
        conversation.endPage();
        conversation.end(cause);
    }

    private void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private void decode() {
        while (end - at >= Wire.HEADER) {
            byte tag = bytes[at];
            int length = lengthAt(at + 1);
            if (tag == ErrorResponse.TAG && BareError.begins(bytes[at + 1]) && conversation.admitsBareError()) {
                throwBareError();
                return;
            }
            if (length < Wire.LENGTH) {
                throw new ProtocolViolation("message " + describe(tag) + " claims a length of " + length
                        + ", expected at least " + Wire.LENGTH);
            }
            int body = length - Wire.LENGTH;
            if (body > UNSUSPICIOUS && body > conversation.maxBody(tag)) {
                throw new ProtocolViolation("message " + describe(tag) + " claims a body of " + body
                        + " bytes, expected at most " + conversation.maxBody(tag));
            }
            if (end - at - Wire.HEADER < body) {
                if (body > LARGEST_SHARED - Wire.HEADER) {
                    receiveLarge(Wire.HEADER + body);
                }
                return;
            }
            int frame = at + Wire.HEADER + body;
            if (trace != null) {
                trace.backend(tag, view.setIndex(at + Wire.HEADER, frame));
            }
            if (tag == DataRow.TAG) {
                at = conversation.rows(bytes, at, trace == null ? end : frame);
            } else if (tag == CopyData.TAG && conversation.takesCopyData()) {
                at = conversation.copied(bytes, at, trace == null ? end : frame);
            } else {
                int from = at + Wire.HEADER;
                at = frame;
                BackendMessage message = message(tag, from, frame);
                if (message != null) {
                    conversation.receive(message);
                }
            }
        }
    }

    private @Nullable BackendMessage message(byte tag, int from, int to) {
        BackendMessage usual = BackendDecoder.usual(tag, bytes, from, to);
        return usual != null ? usual : conversation.decode(tag, view.setIndex(from, to));
    }

    private void throwBareError() {
        PgException failure = BareError.read(bytes, at + 1, end);
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Makes room behind the received bytes: at the front of the array if no page needs it, else in a new one. That
     * grows with what has been received, never with what a length claims, and while its rows are kept.
     */
    private void makeRoom() {
        conversation.endPage();
        byte[] old = bytes;
        if (conversation.hasTaken(old)) {
            int grown = old.length < USUAL_SIZE ? USUAL_SIZE : Math.min(2 * old.length, LARGEST_SHARED);
            use(new byte[Math.max(grown, frameSize(end - at))]);
        } else if (at == 0) {
            use(new byte[Math.max(USUAL_SIZE, frameSize(end - at))]);
        }
        moveToFront(old);
    }

    /**
     * Goes on with a large frame in an array that ends with it and holds nothing else: the one of the frame before, if that
     * was given back, else a new one, once enough of the frame has come.
     */
    private void receiveLarge(int frame) {
        if (frame <= limit - at) {
            return;
        }
        hadLarge = true;
        byte[] array = conversation.large(frame);
        if (array == null) {
            if (frameSize(end - at) < frame) {
                return;
            }
            array = new byte[frame];
        }
        conversation.endPage();
        byte[] old = bytes;
        if (old.length <= LARGEST_SHARED) {
            aside = conversation.hasTaken(old) ? null : old;
        }
        use(array);
        limit = frame;
        moveToFront(old);
    }

    /** The large frame is there and read; what follows is received elsewhere. */
    private void leaveLarge() {
        conversation.endPage();
        use(aside == null ? new byte[USUAL_SIZE] : aside);
        aside = null;
        at = 0;
        end = 0;
    }

    /** No answer is awaited: leaves all memory beyond the usual to the collector. */
    private void shrink() {
        conversation.endPage();
        if (bytes.length > USUAL_SIZE) {
            use(NONE);
            at = 0;
            end = 0;
        }
        conversation.dropLarge();
        hadLarge = false;
    }

    private void moveToFront(byte[] from) {
        int pending = end - at;
        System.arraycopy(from, at, bytes, 0, pending);
        at = 0;
        end = pending;
    }

    /** A frame that is larger than the usual array ends exactly at the end of its own, once enough of it has come. */
    private int frameSize(int pending) {
        return pending < Wire.HEADER ? 0 : (int) Math.min(1L + lengthAt(at + 1), (long) GROWTH * pending);
    }

    private void use(byte[] array) {
        conversation.leave(bytes);
        bytes = array;
        limit = array.length;
        view = Unpooled.wrappedBuffer(array);
        room = ByteBuffer.wrap(array);
    }

    private int lengthAt(int index) {
        return bytes[index] << 24
                | (bytes[index + 1] & 0xff) << 16
                | (bytes[index + 2] & 0xff) << 8
                | (bytes[index + 3] & 0xff);
    }

    private static String describe(byte tag) {
        return tag > ' ' && tag < 0x7f ? "'" + (char) tag + "'" : "0x" + Integer.toHexString(tag & 0xff);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop(new ConnectionFailureException("the server closed the connection", null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broke(cause);
    }
}
