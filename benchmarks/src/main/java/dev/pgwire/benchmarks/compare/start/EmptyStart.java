package dev.pgwire.benchmarks.compare.start;

/** A JVM that does nothing: what no driver can undercut. */
public final class EmptyStart {
    private EmptyStart() {}

    /** Prints what the others read. */
    public static void main(String[] arguments) {
        System.out.println(1);
    }
}
