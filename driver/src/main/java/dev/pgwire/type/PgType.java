package dev.pgwire.type;

import java.util.List;

/**
 * A type of PostgreSQL: what it is called, and what it is made of. How values of it look on the wire it does not know.
 *
 * <p>Types that the server's installation made have the same oid everywhere; every other type has one in its own database,
 * and another one once it was dropped and made anew. Source: PostgreSQL manual, 53.64 pg_type.
 */
public sealed interface PgType {
    /**
     * The type's oid.
     *
     * @return an unsigned 32-bit number
     */
    long oid();

    /**
     * The schema that it is in.
     *
     * @return for example "pg_catalog"
     */
    String schema();

    /**
     * The name in its schema.
     *
     * @return for example "int4", and "_int4" for the array of it
     */
    String name();

    /**
     * The name for people: with the schema unless that is pg_catalog, and with brackets for an array.
     *
     * @return for example "int4[]" or "public.mood"
     */
    default String displayName() {
        return schema().equals("pg_catalog") ? name() : schema() + "." + name();
    }

    /** A type that is made of no other. */
    record Base(long oid, String schema, String name) implements PgType {}

    /** A type that no column can have: what functions take and give, among them record. */
    record Pseudo(long oid, String schema, String name) implements PgType {}

    /** An enum. Its labels are not known here: the server may get more of them at any time. */
    record Enumeration(long oid, String schema, String name) implements PgType {}

    /**
     * An array.
     *
     * @param element the type of its elements
     * @param delimiter what stands between the elements in text, nearly always a comma
     */
    record Array(long oid, String schema, String name, PgType element, char delimiter) implements PgType {
        @Override
        public String displayName() {
            return element.displayName() + "[]";
        }
    }

    /**
     * A type with the values of another one that pass its checks.
     *
     * @param base the other one, which may be a domain again
     */
    record Domain(long oid, String schema, String name, PgType base) implements PgType {}

    /**
     * A range.
     *
     * @param subtype the type of its bounds
     */
    record Range(long oid, String schema, String name, PgType subtype) implements PgType {}

    /**
     * A multirange.
     *
     * @param range the type of the ranges that it is made of
     */
    record Multirange(long oid, String schema, String name, PgType.Range range) implements PgType {}

    /**
     * A row type, of a table or of its own.
     *
     * @param attributes the attributes, without those that were dropped
     */
    record Composite(long oid, String schema, String name, List<Attribute> attributes) implements PgType {
        /** The attributes are copied. */
        public Composite {
            attributes = List.copyOf(attributes);
        }
    }

    /** An attribute of a composite type: a name and a type. */
    record Attribute(String name, PgType type) {}
}
