package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BitCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.bits.ByteaCodec;
import dev.pgwire.internal.codec.bits.UuidCodec;
import dev.pgwire.internal.codec.geometry.BoxCodec;
import dev.pgwire.internal.codec.geometry.CircleCodec;
import dev.pgwire.internal.codec.geometry.LineCodec;
import dev.pgwire.internal.codec.geometry.LineSegmentCodec;
import dev.pgwire.internal.codec.geometry.PathCodec;
import dev.pgwire.internal.codec.geometry.PointCodec;
import dev.pgwire.internal.codec.geometry.PolygonCodec;
import dev.pgwire.internal.codec.network.InetCodec;
import dev.pgwire.internal.codec.network.MacAddressCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.MoneyCodec;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.search.TsQueryCodec;
import dev.pgwire.internal.codec.search.TsVectorCodec;
import dev.pgwire.internal.codec.system.LsnCodec;
import dev.pgwire.internal.codec.system.RegCodec;
import dev.pgwire.internal.codec.system.SnapshotCodec;
import dev.pgwire.internal.codec.system.TidCodec;
import dev.pgwire.internal.codec.system.Xid8Codec;
import dev.pgwire.internal.codec.text.CharCodec;
import dev.pgwire.internal.codec.text.JsonCodec;
import dev.pgwire.internal.codec.text.JsonbCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.internal.codec.text.VoidCodec;
import dev.pgwire.internal.codec.text.XmlCodec;
import dev.pgwire.internal.codec.time.DateCodec;
import dev.pgwire.internal.codec.time.IntervalCodec;
import dev.pgwire.internal.codec.time.TimeCodec;
import dev.pgwire.internal.codec.time.TimestampCodec;
import dev.pgwire.internal.codec.time.TimestamptzCodec;
import dev.pgwire.internal.codec.time.TimetzCodec;
import dev.pgwire.type.PgType;
import org.jspecify.annotations.Nullable;

/** Which codec serves which oid, and what the types are called: those that every server has. For all threads. */
public class TypeRegistry {
    private static final TypeRegistry BUILTIN = new TypeRegistry();

    /** The oids of the built-in types are small, so the table is short and a look-up is one load. */
    private static final int SIZE = 6400;

    /** By oid, those that were asked for. Threads may fill it at the same time: each codec is the same for all of them. */
    private static final @Nullable FieldCodec<?>[] KNOWN = new FieldCodec<?>[SIZE];

    TypeRegistry() {}

    /**
     * The types that every server has.
     *
     * @return always the same registry
     */
    public static TypeRegistry builtin() {
        return BUILTIN;
    }

    /**
     * The codec of a type.
     *
     * @param oid the type's oid in {@code pg_type}
     * @return null when there is none: then the value is asked for and sent as text
     */
    public @Nullable FieldCodec<?> codec(int oid) {
        if (oid >= 0 && oid < SIZE) {
            FieldCodec<?> known = KNOWN[oid];
            if (known == null) {
                known = first(oid);
            }
            if (known != null) {
                return known;
            }
        }
        return learnt(oid);
    }

    /** What is written for a value of a class that the program has a conversion for; the value itself, if it has none. */
    public Object base(Object value) {
        return value;
    }

    /**
     * The oid of the type that a value is declared as because of its class, where the server is not asked what it takes; 0 if
     * the class says no type.
     */
    public int declares(Object value) {
        return 0;
    }

    /** Whether the program has a codec of its own for the class of this value, of whichever type. */
    public boolean hasCodecOf(Object value) {
        return false;
    }

    /** What also reads the text of types without a codec; null if that is a String and nothing else. */
    public @Nullable FieldCodec<?> uncoded() {
        return null;
    }

    /** The codec of a type that not every server has; null when there is none. */
    @Nullable
    FieldCodec<?> learnt(int oid) {
        return null;
    }

    /**
     * The codec that is asked for the first time. Its class is loaded here and not before, since a process that reads three
     * types should not wait for thirty when it starts: hence a store in each case, of which the verifier asks nothing.
     */
    private static @Nullable FieldCodec<?> first(int oid) {
        switch (oid) {
            case 16 -> KNOWN[oid] = BoolCodec.INSTANCE;
            case 17 -> KNOWN[oid] = ByteaCodec.INSTANCE;
            case 18 -> KNOWN[oid] = CharCodec.INSTANCE;
            case 19 -> KNOWN[oid] = TextCodec.NAME;
            case 20 -> KNOWN[oid] = Int8Codec.INSTANCE;
            case 21 -> KNOWN[oid] = Int2Codec.INSTANCE;
            case 22 -> KNOWN[oid] = ComposedCodecs.int2vector();
            case 23 -> KNOWN[oid] = Int4Codec.INSTANCE;
            case 24 -> KNOWN[oid] = RegCodec.REGPROC;
            case 25 -> KNOWN[oid] = TextCodec.TEXT;
            case 26 -> KNOWN[oid] = OidCodec.INSTANCE;
            case 27 -> KNOWN[oid] = TidCodec.INSTANCE;
            case 28 -> KNOWN[oid] = OidCodec.XID;
            case 29 -> KNOWN[oid] = OidCodec.CID;
            case 30 -> KNOWN[oid] = ComposedCodecs.oidvector();
            case 114 -> KNOWN[oid] = JsonCodec.INSTANCE;
            case 142 -> KNOWN[oid] = XmlCodec.INSTANCE;
            case 700 -> KNOWN[oid] = Float4Codec.INSTANCE;
            case 701 -> KNOWN[oid] = Float8Codec.INSTANCE;
            case 705 -> KNOWN[oid] = TextCodec.UNKNOWN;
            case 790 -> KNOWN[oid] = MoneyCodec.INSTANCE;
            case 650 -> KNOWN[oid] = InetCodec.CIDR;
            case 600 -> KNOWN[oid] = PointCodec.INSTANCE;
            case 601 -> KNOWN[oid] = LineSegmentCodec.INSTANCE;
            case 602 -> KNOWN[oid] = PathCodec.INSTANCE;
            case 603 -> KNOWN[oid] = BoxCodec.INSTANCE;
            case 604 -> KNOWN[oid] = PolygonCodec.INSTANCE;
            case 628 -> KNOWN[oid] = LineCodec.INSTANCE;
            case 718 -> KNOWN[oid] = CircleCodec.INSTANCE;
            case 774 -> KNOWN[oid] = MacAddressCodec.MACADDR8;
            case 829 -> KNOWN[oid] = MacAddressCodec.MACADDR;
            case 869 -> KNOWN[oid] = InetCodec.INET;
            case 1042 -> KNOWN[oid] = TextCodec.BPCHAR;
            case 1043 -> KNOWN[oid] = TextCodec.VARCHAR;
            case 1082 -> KNOWN[oid] = DateCodec.INSTANCE;
            case 1083 -> KNOWN[oid] = TimeCodec.INSTANCE;
            case 1114 -> KNOWN[oid] = TimestampCodec.INSTANCE;
            case 1184 -> KNOWN[oid] = TimestamptzCodec.INSTANCE;
            case 1186 -> KNOWN[oid] = IntervalCodec.INSTANCE;
            case 1266 -> KNOWN[oid] = TimetzCodec.INSTANCE;
            case 1560 -> KNOWN[oid] = BitCodec.BIT;
            case 1562 -> KNOWN[oid] = BitCodec.VARBIT;
            case 1700 -> KNOWN[oid] = NumericCodec.INSTANCE;
            case 1790 -> KNOWN[oid] = TextCodec.REFCURSOR;
            case 2202 -> KNOWN[oid] = RegCodec.REGPROCEDURE;
            case 2203 -> KNOWN[oid] = RegCodec.REGOPER;
            case 2204 -> KNOWN[oid] = RegCodec.REGOPERATOR;
            case 2205 -> KNOWN[oid] = RegCodec.REGCLASS;
            case 2206 -> KNOWN[oid] = RegCodec.REGTYPE;
            case 2275 -> KNOWN[oid] = TextCodec.CSTRING;
            case 2278 -> KNOWN[oid] = VoidCodec.INSTANCE;
            case 2950 -> KNOWN[oid] = UuidCodec.INSTANCE;
            case 2970 -> KNOWN[oid] = SnapshotCodec.TXID_SNAPSHOT;
            case 3220 -> KNOWN[oid] = LsnCodec.INSTANCE;
            case 3614 -> KNOWN[oid] = TsVectorCodec.INSTANCE;
            case 3615 -> KNOWN[oid] = TsQueryCodec.INSTANCE;
            case 3734 -> KNOWN[oid] = RegCodec.REGCONFIG;
            case 3769 -> KNOWN[oid] = RegCodec.REGDICTIONARY;
            case 3802 -> KNOWN[oid] = JsonbCodec.INSTANCE;
            case 4072 -> KNOWN[oid] = JsonbCodec.JSONPATH;
            case 4089 -> KNOWN[oid] = RegCodec.REGNAMESPACE;
            case 4096 -> KNOWN[oid] = RegCodec.REGROLE;
            case 4191 -> KNOWN[oid] = RegCodec.REGCOLLATION;
            case 5038 -> KNOWN[oid] = SnapshotCodec.SNAPSHOT;
            case 5069 -> KNOWN[oid] = Xid8Codec.INSTANCE;
            default -> {
                PgType type = BuiltinTypes.of(oid);
                if (type != null) {
                    KNOWN[oid] = ComposedCodecs.of(type, BUILTIN);
                }
            }
        }
        return KNOWN[oid];
    }

    /**
     * What a type is.
     *
     * @param oid the type's oid in {@code pg_type}
     * @return null when that is not known
     */
    public @Nullable PgType type(int oid) {
        return BuiltinTypes.of(oid);
    }

    /**
     * The name of a type, also of the built-in types that have no codec.
     *
     * @param oid the type's oid in {@code pg_type}
     * @return for example "inet", "int4[]" for an array type, and "oid 123456" for a type that the server made later
     */
    public final String typeName(int oid) {
        FieldCodec<?> codec = BUILTIN.codec(oid);
        if (codec != null) {
            // The table of all names is not read before one of the others is asked for.
            return codec.name();
        }
        PgType type = type(oid);
        return type == null ? "oid " + Integer.toUnsignedString(oid) : type.displayName();
    }
}
