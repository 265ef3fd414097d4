package dev.pgwire.laboratory.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types that a {@link Server} knows, in both formats. Values are the Java classes that are named here; where a program gives
 * another (an {@code int} for an int8), its text is read as the server would read it.
 */
public enum ServerType {
    /** {@link Boolean}. */
    BOOL(16, 1),
    /** {@code byte[]}. */
    BYTEA(17, -1),
    /** {@link Long}. */
    INT8(20, 8),
    /** {@link Short}. */
    INT2(21, 2),
    /** {@link Integer}. */
    INT4(23, 4),
    /** {@link String}. */
    TEXT(25, -1),
    /** {@link Integer}, unsigned. */
    OID(26, 4),
    /** {@link String}. */
    JSON(114, -1),
    /** {@link Float}. */
    FLOAT4(700, 4),
    /** {@link Double}. */
    FLOAT8(701, 8),
    /** {@link String}. */
    VARCHAR(1043, -1),
    /** {@link LocalDate}. */
    DATE(1082, 4),
    /** {@link LocalDateTime}. */
    TIMESTAMP(1114, 8),
    /** {@link OffsetDateTime}; an {@link Instant} may be given. */
    TIMESTAMPTZ(1184, 8),
    /** {@link BigDecimal}. */
    NUMERIC(1700, -1),
    /** {@link UUID}. */
    UUID(2950, 16),
    /** {@link String}. */
    JSONB(3802, -1);

    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final DateTimeFormatter TIMESTAMP_TEXT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private static final Pattern MOMENT = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?))?\\s*(Z|[+-]\\d\\d(?::?\\d\\d)?)?");

    private final int oid;
    private final int size;

    ServerType(int oid, int size) {
        this.oid = oid;
        this.size = size;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its number in pg_type. */
    public int oid() {
        return oid;
    }

    /** As RowDescription tells it: bytes, or -1 for a variable length. */
    int size() {
        return size;
    }

    /** The type with this name, as SQL writes it: {@code int4}, {@code integer}, {@code varchar}. */
    static ServerType named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String internal =
                switch (lower) {
                    case "boolean" -> "bool";
                    case "bigint" -> "int8";
                    case "smallint" -> "int2";
                    case "int", "integer" -> "int4";
                    case "real" -> "float4";
                    case "double precision" -> "float8";
                    case "decimal" -> "numeric";
                    default -> lower;
                };
        for (ServerType each : values()) {
            if (each.sqlName().equals(internal)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no type \"" + name + "\" here, expected one of "
                + Arrays.toString(values()).toLowerCase(Locale.ROOT));
    }

    /** The type with this number; text for one that is not known here. */
    static ServerType of(int oid) {
        for (ServerType each : values()) {
            if (each.oid == oid) {
                return each;
            }
        }
        return TEXT;
    }

    byte[] write(Object value, boolean binary) {
        return binary
                ? toBinary(value instanceof String s && this != TEXT ? parse(s) : value)
                : text(value).getBytes(UTF_8);
    }

    Object read(byte[] bytes, boolean binary) {
        return binary ? ofBinary(ByteBuffer.wrap(bytes)) : parse(new String(bytes, UTF_8));
    }

    /** The text of a value, as the server writes it. */
    private String text(Object value) {
        if (value instanceof Boolean b) {
            return b ? "t" : "f";
        } else if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        } else if (value instanceof LocalDateTime time) {
            return TIMESTAMP_TEXT.format(time);
        } else if (value instanceof OffsetDateTime time) {
            return TIMESTAMP_TEXT.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + "+00";
        } else if (value instanceof Instant time) {
            return text(time.atOffset(ZoneOffset.UTC));
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value.toString();
    }

    Object parse(String text) {
        return switch (this) {
            case BOOL ->
                switch (text) {
                    case "t", "true", "TRUE", "on", "1", "yes" -> true;
                    case "f", "false", "FALSE", "off", "0", "no" -> false;
                    default -> throw new IllegalArgumentException("\"" + text + "\" is no boolean");
                };
            case BYTEA -> text.startsWith("\\x") ? HexFormat.of().parseHex(text.substring(2)) : text.getBytes(UTF_8);
            case INT8 -> Long.valueOf(text);
            case INT2 -> Short.valueOf(text);
            case INT4 -> Integer.valueOf(text);
            case OID -> Integer.parseUnsignedInt(text);
            case FLOAT4 -> Float.valueOf(text);
            case FLOAT8 -> Double.valueOf(text);
            case DATE -> LocalDate.parse(moment(text).group(1));
            case TIMESTAMP -> local(moment(text));
            case TIMESTAMPTZ -> zoned(moment(text));
            case NUMERIC -> new BigDecimal(text);
            case UUID -> java.util.UUID.fromString(text);
            case TEXT, VARCHAR, JSON, JSONB -> text;
        };
    }

    /** A day, and perhaps a time and a zone: clients send all three for each of the types. */
    private static Matcher moment(String text) {
        Matcher matcher = MOMENT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is neither a date nor a time");
        }
        return matcher;
    }

    private static LocalDateTime local(Matcher moment) {
        return LocalDateTime.parse(moment.group(1) + "T" + (moment.group(2) == null ? "00:00" : moment.group(2)));
    }

    private static OffsetDateTime zoned(Matcher moment) {
        String zone = moment.group(3);
        return local(moment).atOffset(zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone));
    }

    private byte[] toBinary(Object value) {
        ByteBuffer fixed = ByteBuffer.allocate(Math.max(size, 0));
        return switch (this) {
            case BOOL -> fixed.put((byte) ((boolean) value ? 1 : 0)).array();
            case BYTEA -> (byte[]) value;
            case INT8 -> fixed.putLong(number(value).longValueExact()).array();
            case INT2 -> fixed.putShort(number(value).shortValueExact()).array();
            case INT4 -> fixed.putInt(number(value).intValueExact()).array();
            case OID -> fixed.putInt(number(value).intValue()).array();
            case FLOAT4 -> fixed.putFloat(((Number) value).floatValue()).array();
            case FLOAT8 -> fixed.putDouble(((Number) value).doubleValue()).array();
            case DATE ->
                fixed.putInt((int) ChronoUnit.DAYS.between(EPOCH.toLocalDate(), (LocalDate) value))
                        .array();
            case TIMESTAMP ->
                fixed.putLong(ChronoUnit.MICROS.between(EPOCH, (LocalDateTime) value))
                        .array();
            case TIMESTAMPTZ ->
                fixed.putLong(ChronoUnit.MICROS.between(EPOCH, utc(value))).array();
            case NUMERIC -> NumericBytes.of(value instanceof BigDecimal exact ? exact : number(value));
            case UUID -> {
                UUID uuid = (UUID) value;
                yield fixed.putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            }
            case TEXT, VARCHAR, JSON -> text(value).getBytes(UTF_8);
            case JSONB -> ("\1" + text(value)).getBytes(UTF_8);
        };
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    private static LocalDateTime utc(Object value) {
        return value instanceof Instant instant
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : ((OffsetDateTime) value).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    private Object ofBinary(ByteBuffer bytes) {
        return switch (this) {
            case BOOL -> bytes.get() != 0;
            case BYTEA -> bytes.array();
            case INT8 -> bytes.getLong();
            case INT2 -> bytes.getShort();
            case INT4, OID -> bytes.getInt();
            case FLOAT4 -> bytes.getFloat();
            case FLOAT8 -> bytes.getDouble();
            case DATE -> EPOCH.toLocalDate().plusDays(bytes.getInt());
            case TIMESTAMP -> EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
            case TIMESTAMPTZ -> EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            case NUMERIC -> NumericBytes.read(bytes);
            case UUID -> new UUID(bytes.getLong(), bytes.getLong());
            case TEXT, VARCHAR, JSON -> UTF_8.decode(bytes).toString();
            case JSONB -> UTF_8.decode(bytes.position(1)).toString();
        };
    }
}
