package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.row.Column;
import dev.pgwire.type.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether records of a class can be made of some columns, as far as the columns tell before there is a row. */
public final class RecordFit {
    private final Class<?> type;
    private final List<Column> columns;
    private final @Nullable FieldCodec<?>[] codecs;

    private RecordFit(Class<?> type, List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        this.type = type;
        this.columns = columns;
        this.codecs = codecs;
    }

    /** Why they cannot; null if they can. */
    static @Nullable InterfaceException misfit(Class<?> type, List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        try {
            List<Part> parts = RecordParts.of(RecordMapper.requireRecord(type), columns, codecs);
            return new RecordFit(type, columns, codecs).misfit(parts);
        } catch (InterfaceException misfit) {
            return misfit;
        }
    }

    /** Why a statement without rows gives no records of a class; null if that wants no columns. */
    public static @Nullable InterfaceException withoutRows(Class<?> type) {
        return RecordMapper.requireRecord(type).getRecordComponents().length == 0
                ? null
                : new InterfaceException("the statement gives no rows, expected columns for the components of record "
                        + type.getSimpleName() + ", or a record without components");
    }

    private @Nullable InterfaceException misfit(List<Part> parts) {
        List<ColumnPart> leaves = new ArrayList<>();
        for (Part part : parts) {
            part.addColumns(leaves);
        }
        for (ColumnPart leaf : leaves) {
            if (!fits(leaf)) {
                return misfit(leaf, leaves);
            }
        }
        return null;
    }

    private boolean fits(ColumnPart leaf) {
        FieldCodec<?> codec = codecs[leaf.column()];
        ComponentType wanted = leaf.type();
        if (codec == null) {
            return wanted.generic() == null
                    && (wanted.raw().isAssignableFrom(String.class)
                            || wanted.raw().isEnum());
        }
        TypeRef<?> generic = wanted.generic();
        return generic == null ? codec.reads(ComponentGetters.boxed(wanted.raw())) : codec.readsTyped(generic.type());
    }

    private InterfaceException misfit(ColumnPart wrong, List<ColumnPart> leaves) {
        Column column = columns.get(wrong.column());
        FieldCodec<?> codec = codecs[wrong.column()];
        TypeRef<?> generic = wrong.type().generic();
        String why = codec == null
                ? column.typeName() + " can only be read as String"
                : codec.noConversion(generic == null ? wrong.type().raw() : generic.type())
                        .getMessage();
        return new InterfaceException("component " + wrong.path() + " of record " + type.getSimpleName()
                + " cannot take column " + wrong.column() + " \"" + column.name() + "\": " + why + "\n"
                + SideBySide.table(wrong, leaves, columns));
    }
}
