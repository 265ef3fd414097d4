package dev.pgwire.row;

import java.util.Locale;

/**
 * A column of a result, as the server described it (PostgreSQL manual, 55.7 Message Formats, RowDescription).
 *
 * @param name the column's name, as given by {@code AS} or the table
 * @param typeOid the oid of the column's type, 0 to 4,294,967,295 as the server counts
 * @param typeName the type's name, such as {@code int4}; {@code oid 16385} for a type that is not built in
 * @param tableOid the oid of the table the column comes from, as the server counts; 0 if it comes from none
 * @param attribute the column's number in that table, 0 if it comes from none
 * @param typeLength the size of the type in bytes, negative for types of variable size
 * @param typeModifier the type's modifier, such as the precision of a numeric; -1 if there is none
 */
public record Column(
        String name, long typeOid, String typeName, long tableOid, int attribute, int typeLength, int typeModifier) {
    /** What the DB-API tells types by. */
    public enum Category {
        /** Text of any kind, and what has none of the others. */
        STRING,
        /** Bytes. */
        BINARY,
        /** Whole numbers, decimals, floating point numbers. */
        NUMBER,
        /** Dates, times, timestamps, intervals. */
        DATETIME,
        /** Oids. */
        ROWID
    }

    /** The kind of its type; STRING for those that the DB-API has no name for. */
    public Category category() {
        return switch (typeName) {
            case "bytea" -> Category.BINARY;
            case "int2", "int4", "int8", "float4", "float8", "numeric", "money" -> Category.NUMBER;
            case "date", "time", "timetz", "timestamp", "timestamptz", "interval" -> Category.DATETIME;
            case "oid" -> Category.ROWID;
            default -> Category.STRING;
        };
    }

    /** How many characters the text of a value has at most; -1 if that is not limited, or not known of the type. */
    public int displaySize() {
        return switch (typeName) {
            case "bool" -> 1;
            case "int2" -> 6;
            case "int4" -> 11;
            case "int8" -> 20;
            case "oid" -> 10;
            case "float4" -> 15;
            case "float8" -> 24;
            case "uuid" -> 36;
            case "numeric" -> precision() < 0 ? -1 : numericSize();
            case "varchar", "bpchar" -> typeModifier < 4 ? -1 : typeModifier - 4;
            case "bit", "varbit" -> typeModifier;
            default -> -1;
        };
    }

    /** A sign, the digits; a point, before which stands at least a zero, or the zeros that it is rounded to. */
    private int numericSize() {
        return scale() > 0 ? Math.max(precision(), scale() + 1) + 2 : precision() - scale() + 1;
    }

    /**
     * How many digits a numeric has at most, or a time, a timestamp or an interval in the fraction of its seconds; -1 if that is not
     * limited, or the type has none.
     */
    public int precision() {
        return switch (typeName) {
            case "numeric" -> typeModifier < 4 ? -1 : typeModifier - 4 >> 16 & 0xFFFF;
            case "time", "timetz", "timestamp", "timestamptz" -> typeModifier;
            case "interval" -> typeModifier < 0 || (typeModifier & 0xFFFF) == 0xFFFF ? -1 : typeModifier & 0xFFFF;
            default -> -1;
        };
    }

    /**
     * How many digits of a numeric stand after the point; negative if it is rounded before the point (PostgreSQL 15). 0 if it is not
     * limited, or the type has none.
     */
    public int scale() {
        // Eleven bits with a sign.
        return typeName.equals("numeric") && typeModifier >= 4 ? (typeModifier - 4 & 0x7FF ^ 0x400) - 0x400 : 0;
    }

    /** The type with its modifier: {@code numeric(12,2)}, {@code varchar(10)}, {@code timestamptz(3)}. */
    public String typeDisplay() {
        String modifier = modifier();
        return modifier.isEmpty() ? typeName : typeName + '(' + modifier + ')';
    }

    private String modifier() {
        return switch (typeName) {
            case "numeric" -> precision() < 0 ? "" : String.format(Locale.ROOT, "%d,%d", precision(), scale());
            case "varchar", "bpchar", "bit", "varbit" -> displaySize() < 0 ? "" : Integer.toString(displaySize());
            case "time", "timetz", "timestamp", "timestamptz", "interval" ->
                precision() < 0 ? "" : Integer.toString(precision());
            default -> "";
        };
    }
}
