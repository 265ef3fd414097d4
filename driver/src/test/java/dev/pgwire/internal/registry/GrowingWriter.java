package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a codec writes, as an array that grows. */
public final class GrowingWriter implements FieldWriter {
    private final Bytes bytes = new Bytes();
    private final DataOutputStream out = new DataOutputStream(bytes);

    public static byte[] encoded(FieldCodec<?> codec, Object value) {
        GrowingWriter writer = new GrowingWriter();
        codec.encode(value, writer);
        return writer.bytes.toByteArray();
    }

    public static <T> T decoded(FieldCodec<T> codec, byte[] value, Format format) {
        return format == Format.BINARY
                ? codec.decodeBinary(value, 0, value.length)
                : codec.decodeText(value, 0, value.length);
    }

    @Override
    public void writeByte(int value) {
        run(() -> out.writeByte(value));
    }

    @Override
    public void writeShort(int value) {
        run(() -> out.writeShort(value));
    }

    @Override
    public void writeInt(int value) {
        run(() -> out.writeInt(value));
    }

    @Override
    public void writeLong(long value) {
        run(() -> out.writeLong(value));
    }

    @Override
    public void writeFloat(float value) {
        run(() -> out.writeFloat(value));
    }

    @Override
    public void writeDouble(double value) {
        run(() -> out.writeDouble(value));
    }

    @Override
    public void writeBytes(byte[] value) {
        writeBytes(value, 0, value.length);
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) {
        run(() -> out.write(value, offset, length));
    }

    @Override
    public void writeUtf8(String value) {
        Utf8.length(value);
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int startField() {
        writeInt(0);
        return bytes.size();
    }

    @Override
    public void endField(int start) {
        bytes.setInt(start - 4, bytes.size() - start);
    }

    @Override
    public void writeNull() {
        writeInt(-1);
    }

    private static final class Bytes extends ByteArrayOutputStream {
        void setInt(int index, int value) {
            for (int i = 0; i < 4; i++) {
                buf[index + i] = (byte) (value >> (24 - 8 * i));
            }
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void run(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
