package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.row.Row;
import org.jspecify.annotations.Nullable;

/** A row as text, for people: {@code (1, 'Ada', null)}, numbers and booleans bare, a tuple of one with its comma. */
final class RowText {
    private RowText() {}

    /** The text of a row whose columns have these codecs. */
    static String of(Row row, @Nullable FieldCodec<?>[] codecs) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < codecs.length; i++) {
            text.append(i == 0 ? "" : ", ");
            if (row.isNull(i)) {
                text.append("null");
            } else if (isBare(codecs[i])) {
                text.append(row.getString(i));
            } else {
                text.append('\'')
                        .append(String.valueOf(row.getString(i)).replace("'", "''"))
                        .append('\'');
            }
        }
        return text.append(codecs.length == 1 ? ",)" : ")").toString();
    }

    private static boolean isBare(@Nullable FieldCodec<?> codec) {
        return codec != null && (Number.class.isAssignableFrom(codec.javaType()) || codec instanceof BooleanCodec);
    }
}
