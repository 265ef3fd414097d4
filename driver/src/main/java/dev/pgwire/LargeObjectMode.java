package dev.pgwire;

import dev.pgwire.error.InterfaceException;

/** What a large object is opened for. Source: PostgreSQL manual, 33.3.4 Opening an Existing Large Object. */
public enum LargeObjectMode {
    /** To be read as it was when the transaction's snapshot was taken, or the statement's that has opened it. */
    READ(0x40000, true, false),
    /** To be written; the server lets it be read, too, and this driver does not. */
    WRITE(0x20000, false, true),
    /** To be read as it is, with what others have committed meanwhile, and written. */
    READ_WRITE(0x60000, true, true);

    private final int flags;
    private final boolean reads;
    private final boolean writes;

    LargeObjectMode(int flags, boolean reads, boolean writes) {
        this.flags = flags;
        this.reads = reads;
        this.writes = writes;
    }

    /** What {@code lo_open} is given for it. */
    public int flags() {
        return flags;
    }

    /**
     * Checks that what is opened so can be read.
     *
     * @throws InterfaceException if it cannot
     */
    public void checkReads(long oid) {
        if (!reads) {
            throw new InterfaceException("the large object " + oid + " was opened for " + this
                    + ", expected READ or READ_WRITE where it is read");
        }
    }

    /**
     * Checks that what is opened so can be written.
     *
     * @throws InterfaceException if it cannot
     */
    public void checkWrites(long oid) {
        if (!writes) {
            throw new InterfaceException("the large object " + oid + " was opened for " + this
                    + ", expected WRITE or READ_WRITE where it is changed");
        }
    }
}
