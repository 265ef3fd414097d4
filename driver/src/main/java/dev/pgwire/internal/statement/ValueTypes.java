package dev.pgwire.internal.statement;

import dev.pgwire.type.BitString;
import dev.pgwire.type.Box;
import dev.pgwire.type.Circle;
import dev.pgwire.type.Interval;
import dev.pgwire.type.Line;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.Lsn;
import dev.pgwire.type.MacAddress;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import dev.pgwire.type.Tid;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsVector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The type of PostgreSQL that a value says by its class alone, for statements that were not described. */
final class ValueTypes {
    /** The server is to infer the type, as it does for a quoted literal. */
    static final int INFERRED = 0;

    private static final int BOOL = 16;
    private static final int BYTEA = 17;
    private static final int DATE = 1082;
    private static final int TIME = 1083;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int INTERVAL = 1186;
    private static final int TIMETZ = 1266;
    private static final int VARBIT = 1562;
    private static final int TID = 27;
    private static final int UUID_TYPE = 2950;
    private static final int PG_LSN = 3220;
    private static final int POINT = 600;
    private static final int LSEG = 601;
    private static final int PATH = 602;
    private static final int BOX = 603;
    private static final int POLYGON = 604;
    private static final int LINE = 628;
    private static final int CIRCLE = 718;
    private static final int MACADDR8 = 774;
    private static final int MACADDR = 829;
    private static final int TSVECTOR = 3614;
    private static final int TSQUERY = 3615;

    private ValueTypes() {}

    /**
     * The oid of the one type that takes values of this class; {@link #INFERRED} where several do, as all types of numbers
     * take a Long, and both inet and cidr an Inet.
     */
    static int oid(Object value) {
        if (value instanceof CharSequence || value instanceof Number) {
            return INFERRED;
        }
        if (value instanceof Boolean) {
            return BOOL;
        }
        if (value instanceof OffsetDateTime || value instanceof Instant || value instanceof ZonedDateTime) {
            return TIMESTAMPTZ;
        }
        if (value instanceof LocalDateTime) {
            return TIMESTAMP;
        }
        if (value instanceof LocalDate) {
            return DATE;
        }
        if (value instanceof LocalTime) {
            return TIME;
        }
        if (value instanceof UUID) {
            return UUID_TYPE;
        }
        if (value instanceof Interval || value instanceof Duration || value instanceof Period) {
            return INTERVAL;
        }
        if (value instanceof OffsetTime) {
            return TIMETZ;
        }
        if (value instanceof BitString) {
            return VARBIT;
        }
        return value instanceof byte[] || value instanceof ByteBuffer ? BYTEA : ofServer(value);
    }

    private static int ofServer(Object value) {
        if (value instanceof Tid) {
            return TID;
        }
        if (value instanceof Lsn) {
            return PG_LSN;
        }
        if (value instanceof TsVector) {
            return TSVECTOR;
        }
        if (value instanceof TsQuery) {
            return TSQUERY;
        }
        if (value instanceof MacAddress address) {
            return address.length() == 6 ? MACADDR : MACADDR8;
        }
        return ofShape(value);
    }

    private static int ofShape(Object value) {
        if (value instanceof Point) {
            return POINT;
        }
        if (value instanceof LineSegment) {
            return LSEG;
        }
        if (value instanceof Path) {
            return PATH;
        }
        if (value instanceof Box) {
            return BOX;
        }
        if (value instanceof Polygon) {
            return POLYGON;
        }
        if (value instanceof Line) {
            return LINE;
        }
        return value instanceof Circle ? CIRCLE : INFERRED;
    }

    /** The name of that type, as a cast has it; null for {@link #INFERRED}. */
    static @Nullable String name(Object value) {
        return switch (oid(value)) {
            case BOOL -> "boolean";
            case BYTEA -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case INTERVAL -> "interval";
            case TIMETZ -> "timetz";
            case VARBIT -> "varbit";
            case TID -> "tid";
            case PG_LSN -> "pg_lsn";
            case POINT -> "point";
            case LSEG -> "lseg";
            case PATH -> "path";
            case BOX -> "box";
            case POLYGON -> "polygon";
            case LINE -> "line";
            case CIRCLE -> "circle";
            case MACADDR8 -> "macaddr8";
            case MACADDR -> "macaddr";
            case TSVECTOR -> "tsvector";
            case TSQUERY -> "tsquery";
            case UUID_TYPE -> "uuid";
            default -> null;
        };
    }
}
