package dev.pgwire.type;

/**
 * Where a version of a row stands in its table, as the system column {@code ctid} says it; an UPDATE or VACUUM FULL moves a row.
 * Immutable. Source: PostgreSQL manual, 8.19 Object Identifier Types.
 *
 * @param block the number of the page, 0 to 4294967295
 * @param offset the number in the page, 0 to 65535, of a row from 1 on
 */
public record Tid(long block, int offset) implements Comparable<Tid> {
    /**
     * A place.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Tid {
        if (block < 0 || block > 0xFFFF_FFFFL || offset < 0 || offset > 0xFFFF) {
            throw new IllegalArgumentException("(" + block + "," + offset
                    + "), expected a block from 0 to 4294967295 and an offset from 0 to 65535");
        }
    }

    /**
     * By block, then by offset, as the server compares them.
     *
     * @param other the other place
     * @return negative, zero or positive
     */
    @Override
    public int compareTo(Tid other) {
        return block != other.block ? Long.compare(block, other.block) : Integer.compare(offset, other.offset);
    }

    /**
     * The place as the server writes it.
     *
     * @return for example "(0,1)"
     */
    @Override
    public String toString() {
        return "(" + block + "," + offset + ")";
    }
}
