package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import java.nio.charset.StandardCharsets;

/**
 * The fields of a row inside of a field.
 *
 * @param bytes not used by others
 * @param places where the length of each field stands in the bytes; its value is behind it
 */
record Fields(RowPlan plan, byte[] bytes, int[] places) {
    PageRow row() {
        return PageRow.of(plan, bytes, places);
    }

    /** The row as the server prints it. */
    String text() {
        StringBuilder out = new StringBuilder("(");
        for (int i = 0; i < places.length; i++) {
            out.append(i > 0 ? "," : "");
            int length = BigEndian.getInt(bytes, places[i]);
            if (length >= 0) {
                FieldCodec<?> codec = plan.codecs[i];
                int at = places[i] + 4;
                TextFields.print(
                        codec != null
                                ? codec.outputOf(bytes, at, length, plan.formats[i])
                                : new String(bytes, at, length, StandardCharsets.UTF_8),
                        out);
            }
        }
        return out.append(')').toString();
    }
}
