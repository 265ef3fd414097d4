package dev.pgwire.internal.request;

import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.type.PgType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts types together from the rows of {@link TypeLookup}, in which what a type is made of may come before or behind it. */
final class TypeTree {
    private final DatabaseTypes known;
    private final Map<Integer, PageRow> rows = new HashMap<>();
    private final Map<Integer, PgType> types = new HashMap<>();
    private final Set<Integer> text = new HashSet<>();
    /** The oids of the types that are being put together: a type that is made of itself is none. */
    private final Set<Integer> underWay = new HashSet<>();

    TypeTree(DatabaseTypes known) {
        this.known = known;
    }

    void add(PageRow row) {
        rows.put((int) row.getLong(0), row);
        if (row.getBoolean(4)) {
            text.add((int) row.getLong(0));
        }
    }

    /** The oids of the types without a binary format. */
    Set<Integer> text() {
        return text;
    }

    /** All types that are not built in, by their oids. */
    Map<Integer, PgType> types() {
        rows.keySet().forEach(this::type);
        return types;
    }

    private @Nullable PgType type(int oid) {
        PgType done = types.get(oid);
        if (done != null) {
            return done;
        }
        PageRow row = rows.get(oid);
        // What is built in comes with the rest; what another connection has learnt may have changed since.
        PgType builtin = known.builtinType(oid);
        if (builtin != null || row == null) {
            return builtin;
        }
        PgType made = underWay.add(oid) ? make(row) : null;
        if (made != null) {
            types.put(oid, made);
        }
        return made;
    }

    /** Null if a part of it is not there, as it may be dropped meanwhile. */
    private @Nullable PgType make(PageRow row) {
        long oid = row.getLong(0);
        String schema = text(row, 1);
        String name = text(row, 2);
        long element = row.getLong(5);
        if (element != 0) {
            PgType of = type((int) element);
            return of == null
                    ? null
                    : new PgType.Array(oid, schema, name, of, text(row, 6).charAt(0));
        }
        switch (text(row, 3)) {
            case "c" -> {
                return composite(row, oid, schema, name);
            }
            case "d" -> {
                PgType base = type((int) row.getLong(7));
                return base == null ? null : new PgType.Domain(oid, schema, name, base);
            }
            case "e" -> {
                return new PgType.Enumeration(oid, schema, name);
            }
            case "r" -> {
                PgType subtype = type((int) row.getLong(8));
                return subtype == null ? null : new PgType.Range(oid, schema, name, subtype);
            }
            case "m" -> {
                return type((int) row.getLong(8)) instanceof PgType.Range range
                        ? new PgType.Multirange(oid, schema, name, range)
                        : null;
            }
            case "p" -> {
                return new PgType.Pseudo(oid, schema, name);
            }
            default -> {
                return new PgType.Base(oid, schema, name);
            }
        }
    }

    private @Nullable PgType composite(PageRow row, long oid, String schema, String name) {
        List<?> names = Objects.requireNonNull(row.get(9, List.class));
        List<?> oids = Objects.requireNonNull(row.get(10, List.class));
        List<PgType.Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            PgType type = type(((Long) oids.get(i)).intValue());
            if (type == null) {
                return null;
            }
            attributes.add(new PgType.Attribute((String) names.get(i), type));
        }
        return new PgType.Composite(oid, schema, name, attributes);
    }

    private static String text(PageRow row, int column) {
        return Objects.requireNonNull(row.getString(column));
    }
}
