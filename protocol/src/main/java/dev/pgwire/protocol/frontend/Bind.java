package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a portal of a prepared statement and its parameter values.
 *
 * <pre>
 * Byte1  'B'
 * Int32  length
 * String portal, String statement
 * Int16  number of parameter formats (0: all text, 1: for all, else one each), for each: Int16 format
 * Int16  number of parameters (up to 65535), for each: Int32 length or -1 for NULL, Byten value
 * Int16  number of result formats (0: all text, 1: for all, else one each), for each: Int16 format
 * </pre>
 *
 * @param portal empty for the unnamed portal
 * @param statement empty for the unnamed statement
 * @param values null for NULL
 */
public record Bind(
        String portal,
        String statement,
        List<Format> parameterFormats,
        List<byte @Nullable []> values,
        List<Format> resultFormats)
        implements FrontendMessage {
    public static final byte TAG = 'B';

    private static final byte[] UNNAMED = {};

    public Bind {
        parameterFormats = List.copyOf(parameterFormats);
        values = Collections.unmodifiableList(new ArrayList<>(values));
        resultFormats = List.copyOf(resultFormats);
    }

    public static Bind read(ByteBuf body) {
        Body in = Body.of("Bind", body);
        Bind message = new Bind(
                in.cString("portal"),
                in.cString("statement"),
                in.formats("parameter format"),
                in.values("parameter"),
                in.formats("result format"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        long length = Wire.cStringLength(portal)
                + Wire.cStringLength(statement)
                + Wire.listLength(parameterFormats.size(), 2)
                + Wire.valuesLength(values)
                + Wire.listLength(resultFormats.size(), 2);
        Wire.header(out, TAG, length);
        Wire.cString(out, portal);
        Wire.cString(out, statement);
        Wire.formats(out, parameterFormats);
        Wire.values(out, values);
        Wire.formats(out, resultFormats);
    }

    /**
     * Writes a Bind of the unnamed portal from what is encoded already, with as few format codes as will do.
     *
     * @param statementUtf8 the name of the statement in UTF-8
     * @param parameterFormats one for each value, or one for all, or none for text
     * @param lengthPrefixedValues the values as they go over the wire, each with its length; not consumed
     * @param resultFormats one for each column, or one for all, or none for text
     */
    public static void encode(
            ByteBuf out,
            byte[] statementUtf8,
            Format[] parameterFormats,
            int valueCount,
            ByteBuf lengthPrefixedValues,
            Format[] resultFormats) {
        encode(out, UNNAMED, statementUtf8, parameterFormats, valueCount, lengthPrefixedValues, resultFormats);
    }

    /** The same of a portal with a name, in UTF-8. */
    public static void encode(
            ByteBuf out,
            byte[] portalUtf8,
            byte[] statementUtf8,
            Format[] parameterFormats,
            int valueCount,
            ByteBuf lengthPrefixedValues,
            Format[] resultFormats) {
        Wire.checkNoZero(portalUtf8);
        Wire.checkNoZero(statementUtf8);
        if (parameterFormats.length > 1 && parameterFormats.length != valueCount) {
            throw new IllegalArgumentException(parameterFormats.length + " formats for " + valueCount + " values");
        }
        int parameterCodes = codesNeeded(parameterFormats);
        int resultCodes = codesNeeded(resultFormats);
        int valueBytes = lengthPrefixedValues.readableBytes();
        long length = portalUtf8.length
                + 1
                + statementUtf8.length
                + 1
                + Wire.listLength(parameterCodes, 2)
                + Wire.listLength(valueCount, 0)
                + valueBytes
                + Wire.listLength(resultCodes, 2);
        Wire.header(out, TAG, length);
        out.writeBytes(portalUtf8).writeByte(0).writeBytes(statementUtf8).writeByte(0);
        codes(out, parameterFormats, parameterCodes);
        out.writeShort(valueCount);
        int start = lengthPrefixedValues.readerIndex();
        if (lengthPrefixedValues.hasArray()) {
            // From buffer to buffer, Netty makes views of both where it must not use Unsafe.
            out.writeBytes(lengthPrefixedValues.array(), lengthPrefixedValues.arrayOffset() + start, valueBytes);
        } else {
            out.writeBytes(lengthPrefixedValues, start, valueBytes);
        }
        codes(out, resultFormats, resultCodes);
    }

    /** How many bytes formats take in a Bind that is written with as few codes as will do: their count and the codes. */
    public static int lengthOfCodes(Format[] formats) {
        return 2 + 2 * codesNeeded(formats);
    }

    private static int codesNeeded(Format[] formats) {
        if (formats.length == 0) {
            return 0;
        }
        for (Format format : formats) {
            if (format != formats[0]) {
                return formats.length;
            }
        }
        return formats[0] == Format.TEXT ? 0 : 1;
    }

    private static void codes(ByteBuf out, Format[] formats, int count) {
        out.writeShort(count);
        for (int i = 0; i < count; i++) {
            out.writeShort(formats[i].code());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bind that
                && portal.equals(that.portal)
                && statement.equals(that.statement)
                && parameterFormats.equals(that.parameterFormats)
                && Arrays.deepEquals(values.toArray(), that.values.toArray())
                && resultFormats.equals(that.resultFormats);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * portal.hashCode() + statement.hashCode()) + Arrays.deepHashCode(values.toArray());
    }

    @Override
    public String toString() {
        return "Bind[portal=" + portal + ", statement=" + statement + ", parameterFormats="
                + Excerpt.ofFormats(parameterFormats) + ", values=" + Excerpt.of(values) + ", resultFormats="
                + Excerpt.ofFormats(resultFormats) + "]";
    }
}
