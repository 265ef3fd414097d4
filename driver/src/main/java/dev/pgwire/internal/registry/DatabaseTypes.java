package dev.pgwire.internal.registry;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.contrib.ContribCodecs;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import dev.pgwire.type.PgType;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The types of a connection's database: those that every server has, and what was learnt of the others. For all threads. */
public final class DatabaseTypes extends TypeRegistry {
    private static final int RECORD = 2249;
    private static final int RECORDS = 2287;

    private final String database;
    private final RowCodecs rows;
    private final Map<Integer, FieldCodec<?>> made = new ConcurrentHashMap<>();
    /** The oids of types with the names of registered codecs, 0 for those that the server has not. */
    private final Map<String, Integer> named = new ConcurrentHashMap<>();

    /** What this connection has seen of what was learnt: another one may forget all of it at any time. */
    private final Map<Integer, PgType> seen = new ConcurrentHashMap<>();

    /** Those among them that have no binary format. */
    private final Set<Integer> text = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Catalogue catalogue;
    private volatile ProgramCodecs registered;
    /** Null if there are none. */
    private volatile @Nullable Conversions conversions;

    /** Whether the role of this connection may not ask. */
    private volatile boolean refused;

    /** Whether a type has changed in the database. */
    private volatile boolean changed;

    /** Whether other codecs serve the types than did before. */
    private volatile boolean outdated;

    /**
     * The types of a database.
     *
     * @param database what tells it from all others: connections that say the same share what they learn
     * @param rows makes the codecs of rows
     * @param registered what the program has registered
     */
    public DatabaseTypes(String database, RowCodecs rows, ProgramCodecs registered) {
        this.database = database;
        this.rows = rows;
        this.registered = registered;
        conversions = Conversions.of(registered);
    }

    /** Has a codec of the program read and write a type. */
    public synchronized void register(String type, Codec<?> codec) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(codec, "codec");
        replace(registered.with(type, codec));
    }

    /** Has a conversion of the program serve a class. */
    public synchronized void register(Conversion<?, ?> conversion) {
        replace(registered.with(conversion));
    }

    private void replace(ProgramCodecs other) {
        registered = other;
        conversions = Conversions.of(other);
        made.clear();
        outdated = true;
    }

    @Override
    public @Nullable FieldCodec<?> codec(int oid) {
        // The table of all names is read only where a codec may have one of them.
        return registered.isEmpty() ? super.codec(oid) : learnt(oid);
    }

    @Override
    public @Nullable FieldCodec<?> uncoded() {
        Conversions known = conversions;
        return known == null ? null : new ConvertingCodec<>(TextCodec.UNKNOWN, known);
    }

    /** What was learnt. Most connections never meet a type that not every server has. */
    public Catalogue catalogue() {
        Catalogue known = catalogue;
        if (known == null) {
            known = Catalogues.of(database);
            catalogue = known;
        }
        return known;
    }

    /** The connection was lost: those that come after it share nothing with it, since they may have another server. */
    public void leave() {
        Catalogue known = catalogue;
        if (known != null) {
            Catalogues.remove(database, known);
        }
    }

    /** Whether the server should be asked what this type is. */
    public boolean isWorthAsking(int oid) {
        // The table of all names is not read for a type that has a codec.
        return oid != 0
                && !refused
                && builtin().codec(oid) == null
                && type(oid) == null
                && catalogue().isWorthAsking(oid);
    }

    /**
     * The names of the types that values are to be declared as, and of which it is not known what they are: those by which the
     * program has registered codecs of their classes.
     */
    public Set<String> undeclared(@Nullable Object[] values) {
        if (refused || registered.codecs().isEmpty()) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (Object value : values) {
            String name = value == null ? null : declaredName(value);
            if (name != null && !named.containsKey(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private @Nullable String declaredName(Object value) {
        try {
            return registeredName(base(value));
        } catch (DataException failed) {
            // It fails again where it is written, which says the place.
            return null;
        }
    }

    /** The role of this connection has no right to ask; those of others may have. */
    public void refuse() {
        refused = true;
    }

    /** Takes what the server has told of a name; 0 if it has no such type. */
    public void learnName(String name, int oid) {
        named.put(name, oid);
    }

    /** The names of types may find others by now. */
    public void forgetNames() {
        named.clear();
    }

    /** A value was refused that no type takes: one of its name may be there by now, which another session has made. */
    public void forgetAbsentNames() {
        named.values().removeIf(oid -> oid == 0);
    }

    @Override
    public Object base(Object value) {
        Conversions known = conversions;
        return known == null ? value : known.base(value);
    }

    @Override
    public int declares(Object value) {
        String name = registered.isEmpty() ? null : registeredName(value);
        return name == null ? 0 : named.getOrDefault(name, 0);
    }

    @Override
    public boolean hasCodecOf(Object value) {
        return !registered.isEmpty() && registeredName(value) != null;
    }

    /** The first name of a codec for this value. Strings and numbers are left to the server, which reads them as many types. */
    private @Nullable String registeredName(Object value) {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Character) {
            return null;
        }
        for (Map.Entry<String, Codec<?>> entry : registered.codecs().entrySet()) {
            if (entry.getValue().javaType().isInstance(value)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** A type that every server has; null if this is none of them. */
    public @Nullable PgType builtinType(int oid) {
        return super.type(oid);
    }

    @Override
    public @Nullable PgType type(int oid) {
        PgType builtin = super.type(oid);
        PgType known = builtin != null ? builtin : seen.get(oid);
        return known != null ? known : shared(oid);
    }

    private @Nullable PgType shared(int oid) {
        PgType type = catalogue().type(oid);
        if (type != null) {
            if (catalogue().isText(oid)) {
                text.add(oid);
            }
            seen.put(oid, type);
        }
        return type;
    }

    /**
     * Takes what the server has told of types, for all connections to the database.
     *
     * @param text the oids of those that have no binary format
     */
    public void learn(Map<Integer, PgType> told, Set<Integer> text) {
        this.text.addAll(text);
        seen.putAll(told);
        catalogue().learn(told, text);
    }

    @Override
    @Nullable
    FieldCodec<?> learnt(int oid) {
        FieldCodec<?> known = made.get(oid);
        if (known != null) {
            return known;
        }
        FieldCodec<?> codec = make(oid);
        if (codec != null) {
            made.put(oid, codec);
        }
        return codec;
    }

    private @Nullable FieldCodec<?> make(int oid) {
        PgType type = type(oid);
        FieldCodec<?> own = own(oid, type);
        Codec<?> codec = type == null ? null : registered(type);
        FieldCodec<?> first = type == null || codec == null ? own : user(type, codec, own);
        Conversions known = conversions;
        return first == null || known == null || first instanceof ConvertingCodec<?>
                ? first
                : new ConvertingCodec<>(first, known);
    }

    /** What is outermost converts, and only that: else a value would be converted twice. */
    private static FieldCodec<?> user(PgType type, Codec<?> codec, @Nullable FieldCodec<?> own) {
        return new UserCodec<>(type.displayName(), codec, own == null ? null : own.plain());
    }

    private @Nullable Codec<?> registered(PgType type) {
        Map<String, Codec<?>> codecs = registered.codecs();
        Codec<?> exact = codecs.get(type.schema() + "." + type.name());
        return exact != null ? exact : codecs.get(type.name());
    }

    /** The driver's own codec. */
    private @Nullable FieldCodec<?> own(int oid, @Nullable PgType type) {
        if (oid == RECORD && type != null) {
            return rows.record(type.displayName(), this);
        }
        if (text.contains(oid)) {
            return null;
        }
        if (type == null || (oid != RECORDS && type instanceof PgType.Pseudo)) {
            return builtin().codec(oid);
        }
        if (type instanceof PgType.Enumeration) {
            return new TextCodec(type.displayName());
        }
        if (type instanceof PgType.Domain domain) {
            return codec((int) domain.base().oid());
        }
        if (type instanceof PgType.Composite composite) {
            return rows.composite(composite, this);
        }
        if (type instanceof PgType.Base && builtinType(oid) == null) {
            return ContribCodecs.of(type.name(), type.displayName());
        }
        FieldCodec<?> composed = ComposedCodecs.of(type, this);
        return composed != null ? composed : builtin().codec(oid);
    }

    /** Values were not taken: if one of these types was learnt, it may have changed since. */
    public void noticeChange(int[] oids) {
        for (int oid : oids) {
            changed |= oid != 0 && builtin().codec(oid) == null && builtinType(oid) == null && type(oid) != null;
        }
    }

    /** A value came that is not of the type that was learnt: it was changed since. */
    public void noticeChange() {
        changed = true;
    }

    /**
     * Forgets what was learnt, if a change was noticed.
     *
     * @return whether nothing that was decided by these types holds any more
     */
    public boolean forgetsAll() {
        if (changed) {
            changed = false;
            catalogue().forget();
            seen.clear();
            text.clear();
            made.clear();
            forgetNames();
            outdated = true;
        }
        // Asked in each round trip: a store that all cores see is made only where something has changed.
        boolean forgotten = outdated;
        if (forgotten) {
            outdated = false;
        }
        return forgotten;
    }
}
