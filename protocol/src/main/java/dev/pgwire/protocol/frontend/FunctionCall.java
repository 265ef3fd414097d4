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
 * Calls a function by its oid: a legacy that a prepared {@code SELECT function($1)} replaces.
 *
 * <pre>
 * Byte1 'F'
 * Int32 length
 * Int32 function oid
 * Int16 number of argument formats (0: all text, 1: for all, else one each), for each: Int16 format
 * Int16 number of arguments, for each: Int32 length or -1 for NULL, Byten value
 * Int16 format of the result
 * </pre>
 */
public record FunctionCall(
        int functionOid, List<Format> argumentFormats, List<byte @Nullable []> arguments, Format resultFormat)
        implements FrontendMessage {
    public static final byte TAG = 'F';

    public FunctionCall {
        argumentFormats = List.copyOf(argumentFormats);
        arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }

    public static FunctionCall read(ByteBuf body) {
        Body in = Body.of("FunctionCall", body);
        FunctionCall message = new FunctionCall(
                in.int32("function oid"),
                in.formats("argument format"),
                in.values("argument"),
                in.format("result format"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        long formats = Wire.listLength(argumentFormats.size(), 2);
        Wire.header(out, TAG, 4 + formats + Wire.valuesLength(arguments) + 2);
        out.writeInt(functionOid);
        Wire.formats(out, argumentFormats);
        Wire.values(out, arguments);
        out.writeShort(resultFormat.code());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FunctionCall that
                && functionOid == that.functionOid
                && argumentFormats.equals(that.argumentFormats)
                && Arrays.deepEquals(arguments.toArray(), that.arguments.toArray())
                && resultFormat == that.resultFormat;
    }

    @Override
    public int hashCode() {
        return 31 * functionOid + Arrays.deepHashCode(arguments.toArray());
    }

    @Override
    public String toString() {
        return "FunctionCall[functionOid=" + Integer.toUnsignedString(functionOid) + ", argumentFormats="
                + Excerpt.ofFormats(argumentFormats) + ", arguments=" + Excerpt.of(arguments) + ", resultFormat="
                + resultFormat + "]";
    }
}
