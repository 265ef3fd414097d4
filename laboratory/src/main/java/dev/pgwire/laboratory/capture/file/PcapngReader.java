package dev.pgwire.laboratory.capture.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of pcapng: sections of blocks, each with its own byte order.
 *
 * <pre>
 * Int32 type, Int32 length of the whole block, Byten, Int32 the same length
 * </pre>
 */
final class PcapngReader implements PacketSource {
    /** The type of the block that begins a section; the same in both byte orders. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    /** The types up to this one are blocks of the standard. */
    private static final int LAST_TYPE = 0x0c;

    private static final int LEAST = 12;
    private static final int MOST = 16 * 1024 * 1024;
    /** How far behind damage the next block is looked for at a time. */
    private static final int WINDOW = 1024 * 1024;

    private final FileBytes bytes;
    private final Consumer<String> remarks;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private long time;
    private boolean ended;
    private boolean strangeInterface;

    PcapngReader(FileBytes bytes, Consumer<String> remarks) {
        this.bytes = bytes;
        this.remarks = remarks;
    }

    @Override
    public @Nullable Packet next() throws IOException {
        while (!ended && bytes.has(1)) {
            if (!bytes.has(LEAST)) {
                return cut();
            }
            if (bytes.int32(0) == SECTION && !setOrder(0)) {
                findBlock("the byte order of a section makes no sense");
                continue;
            }
            int length = bytes.int32(4);
            if (length < LEAST || length > MOST || length % 4 != 0) {
                findBlock("a block of " + (length & 0xFFFF_FFFFL) + " bytes makes no sense");
                continue;
            }
            if (!bytes.has(length)) {
                if (!seekBlock("a block of " + length + " bytes makes no sense")) {
                    return cut();
                }
                continue;
            }
            if (bytes.int32(length - 4) != length) {
                findBlock("a block has one length at its beginning and another at its end");
                continue;
            }
            Packet packet = block(bytes.int32(0), length);
            bytes.skip(length);
            if (packet != null) {
                return packet;
            }
        }
        return null;
    }

    private @Nullable Packet cut() {
        ended = true;
        remarks.accept("the file ends in the middle of a block, at byte " + (bytes.position() + bytes.available()));
        return null;
    }

    private boolean setOrder(int at) {
        bytes.littleEndian(false);
        int order = bytes.int32(at + 8);
        bytes.littleEndian(order != BYTE_ORDER);
        return order == BYTE_ORDER || order == Integer.reverseBytes(BYTE_ORDER);
    }

    private @Nullable Packet block(int type, int length) {
        switch (type) {
            case SECTION -> interfaces.clear();
            case INTERFACE -> {
                if (length >= 20) {
                    interfaces.add(CaptureInterface.read(bytes, length));
                }
            }
            case ENHANCED_PACKET -> {
                return packet(length, bytes.int32(8), 12, 28);
            }
            case OLD_PACKET -> {
                return packet(length, bytes.int16(8), 12, 28);
            }
            case SIMPLE_PACKET -> {
                return simplePacket(length);
            }
            default -> {
                // Names, statistics, secrets, what others have added.
            }
        }
        return null;
    }

    private @Nullable Packet packet(int length, int number, int timeAt, int dataAt) {
        if (length < dataAt + 8) {
            return strange("the block of a packet has " + length + " bytes, expected at least " + (dataAt + 8));
        }
        int captured = bytes.int32(20);
        if (captured < 0 || captured > length - dataAt - 4) {
            return strange("a packet of " + (captured & 0xFFFF_FFFFL) + " bytes in a block of " + length);
        }
        CaptureInterface from = number < 0 || number >= interfaces.size() ? null : interfaces.get(number);
        if (from == null) {
            if (!strangeInterface) {
                strangeInterface = true;
                return strange("packets of the interface " + number + ", expected one that was described before");
            }
            return null;
        }
        time = from.time(bytes.unsigned32(timeAt) << 32 | bytes.unsigned32(timeAt + 4));
        return new Packet(time, from.link(), bytes.copy(dataAt, captured), Math.max(captured, bytes.int32(24)));
    }

    private @Nullable Packet simplePacket(int length) {
        if (length < 16) {
            return strange("the block of a packet has " + length + " bytes, expected at least 16");
        }
        if (interfaces.isEmpty()) {
            return strange("a packet before an interface was described");
        }
        CaptureInterface from = interfaces.get(0);
        int whole = Math.max(0, bytes.int32(8));
        int captured = Math.min(whole, length - 16);
        if (from.snapLength() > 0) {
            captured = Math.min(captured, from.snapLength());
        }
        return new Packet(time, from.link(), bytes.copy(12, captured), whole);
    }

    private @Nullable Packet strange(String word) {
        remarks.accept(word + ", at byte " + bytes.position());
        return null;
    }

    private void findBlock(String word) throws IOException {
        if (!seekBlock(word)) {
            ended = true;
            remarks.accept(word + " at byte " + bytes.position() + ", and no other can be found behind it");
        }
    }

    /** Goes on to where a whole block can be read; stays if there is none within a window. */
    private boolean seekBlock(String word) throws IOException {
        for (int at = 4; at < WINDOW && bytes.has(at + LEAST); at += 4) {
            if (isBlock(at)) {
                long damaged = bytes.position();
                bytes.skip(at);
                remarks.accept(word + ": passed over " + at + " bytes, from byte " + damaged + " on");
                return true;
            }
        }
        return false;
    }

    private boolean isBlock(int at) throws IOException {
        int type = bytes.int32(at);
        if (type == SECTION) {
            return isSection(at);
        }
        int length = bytes.int32(at + 4);
        return type > 0
                && type <= LAST_TYPE
                && length >= LEAST
                && length <= WINDOW
                && length % 4 == 0
                && bytes.has(at + length)
                && bytes.int32(at + length - 4) == length;
    }

    private boolean isSection(int at) {
        boolean little = bytes.isLittleEndian();
        boolean section = setOrder(at);
        bytes.littleEndian(little);
        return section;
    }
}
