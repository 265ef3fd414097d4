package dev.pgwire.row;

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
        String name, long typeOid, String typeName, long tableOid, int attribute, int typeLength, int typeModifier) {}
