package dev.pgwire.it;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds at a moment.
 *
 * @param descriptors sockets and selectors; none where the system does not tell
 * @param nettyMemory bytes outside the heap that Netty counts
 * @param directMemory bytes outside the heap that the JDK counts
 * @param threads the names of all that are not virtual
 */
record HeldResources(Set<String> descriptors, long nettyMemory, long directMemory, Set<String> threads) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Whether the system tells what is open. */
    static boolean areTold() {
        return Files.isDirectory(DESCRIPTORS);
    }

    static HeldResources now() throws IOException {
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        return new HeldResources(openDescriptors(), PlatformDependent.usedDirectMemory(), direct, threads);
    }

    /** Jars and class files may be opened at any time: they do not count. */
    private static Set<String> openDescriptors() throws IOException {
        Set<String> open = new TreeSet<>();
        if (!areTold()) {
            return open;
        }
        try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
            for (Path entry : entries.toList()) {
                try {
                    String target = Files.readSymbolicLink(entry).toString();
                    if (!target.startsWith("/")) {
                        open.add(target);
                    }
                } catch (IOException closed) {
                    // The one of the list itself.
                }
            }
        }
        return open;
    }
}
