package dev.pgwire.benchmarks.compare.report;

import java.util.Map;

/**
 * On what the numbers were measured. No name of a machine, no path: a reader learns no more from it than he needs to judge
 * the numbers.
 *
 * @param date when, in UTC
 * @param command how it was called
 * @param commit the commit of this repository, with {@code + changes} if there were any
 * @param server what the server says that it is
 * @param serverKind whose build it is and who started it
 * @param jvm name and version
 * @param jvmFlags the flags of every contestant's JVM
 * @param versions of all that takes part, by name
 * @param cpu cores and model
 * @param system name and version of the operating system
 * @param oneCore whether P1 was measured on one core
 */
public record Environment(
        String date,
        String command,
        String commit,
        String server,
        String serverKind,
        String jvm,
        String jvmFlags,
        Map<String, String> versions,
        String cpu,
        String system,
        boolean oneCore) {}
