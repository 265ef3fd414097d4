package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.row.Column;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a record's components, by name. */
final class RecordParts {
    private final List<Column> columns;
    private final @Nullable FieldCodec<?>[] codecs;
    private final Map<String, Integer> places = new HashMap<>();
    /** The records around the one whose components are looked at. */
    private final Deque<Class<?>> around = new ArrayDeque<>();

    private RecordParts(List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        this.columns = columns;
        this.codecs = codecs;
        for (int i = 0; i < codecs.length; i++) {
            places.merge(plain(columns.get(i).name()), i, (first, second) -> ColumnPart.SEVERAL);
        }
    }

    /**
     * The parts of a record, in the order of its components.
     *
     * @throws InterfaceException if a component has no column, or several
     */
    static List<Part> of(Class<?> type, List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        List<Part> parts = new RecordParts(columns, codecs).of(type, "");
        List<ColumnPart> leaves = new ArrayList<>();
        for (Part part : parts) {
            part.addColumns(leaves);
        }
        for (ColumnPart leaf : leaves) {
            if (leaf.column() < 0) {
                throw SideBySide.mismatch(type, leaves, columns);
            }
        }
        return parts;
    }

    private List<Part> of(Class<?> type, String prefix) {
        around.push(type);
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + component.getName();
            ComponentType wanted = ComponentType.of(component);
            int column = places.getOrDefault(plain(path), ColumnPart.NONE);
            if (column == ColumnPart.NONE && wanted.isRecord()) {
                checkEnds(wanted.raw(), path);
                parts.add(new NestedPart(component, wanted, of(wanted.raw(), path + ".")));
            } else {
                parts.add(new ColumnPart(component, path, wanted, column, column >= 0 && isDirect(wanted, column)));
            }
        }
        around.pop();
        return parts;
    }

    private boolean isDirect(ComponentType type, int column) {
        return type.generic() == null && ComponentGetters.isDirect(type.raw(), codecs[column]);
    }

    private void checkEnds(Class<?> record, String path) {
        if (around.contains(record)) {
            throw new InterfaceException("record " + record.getSimpleName() + " contains itself, as " + path
                    + ", expected a column of that name: its own columns would have no end");
        }
    }

    /** A name as it is compared: without case, underscores and dots. */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '.') {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
