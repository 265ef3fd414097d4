package dev.pgwire.laboratory.replay;

/**
 * A column of a result, as a RowDescription tells it.
 *
 * @param name its name
 * @param typeOid the oid of its type
 */
public record ResultColumn(String name, int typeOid) {}
