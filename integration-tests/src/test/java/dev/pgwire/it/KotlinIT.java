package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Kotlin compiler makes of the driver, whose jars the build puts aside: they are on nobody's class path. */
class KotlinIT {
    private static final Path COMPILER = Path.of("target", "kotlin");

    private static final String PROGRAM = """
            import dev.pgwire.Postgres
            import dev.pgwire.row.Row
            import java.io.IOException

            fun main(arguments: Array<String>) {
                Postgres.connect(arguments[0]).use { conn ->
                    conn.execute("CREATE TEMP TABLE t (id int, name text)")
                    conn.transaction { tx -> tx.execute("INSERT INTO t VALUES ($1, $2)", 1, null) }
                    conn.transaction { it.execute("INSERT INTO t VALUES (:id, :name)", mapOf("id" to 2, "name" to "b")) }
                    conn.transaction(conn.transactionMode()) { tx -> tx.transaction { inner -> inner.execute("SELECT 1") } }
                    val count: Long = conn.transactionReturning { tx ->
                        tx.execute("SELECT count(*) FROM t").fetchOne()!!.getLong(0)
                    }
                    println(count)
                    val none = conn.transactionReturning<Row?, RuntimeException> { tx ->
                        tx.execute("SELECT 1 WHERE false").fetchOne()
                    }
                    println(none)
                    try {
                        conn.transaction { tx ->
                            tx.execute("DELETE FROM t")
                            throw IOException("of the block")
                        }
                    } catch (expected: IOException) {
                        println(expected.message)
                    }
                    println(conn.execute("SELECT count(*) FROM t").fetchAll())
                    println(conn.execute("SELECT $1::int", null).fetchOne())
                }
            }
            """;

    @Test
    void blocksNeedNoTypesInKotlin(@TempDir Path home) throws Exception {
        String compiler = jars("");
        String library = jars("kotlin-stdlib");
        String classPath = String.join(File.pathSeparator, ChildJvm.classPath());
        Path source = Files.writeString(home.resolve("Program.kt"), PROGRAM);
        ChildJvm.Ended compiled = ChildJvm.run(List.of(
                "-cp",
                compiler,
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-Werror",
                "-jvm-target",
                "17",
                "-cp",
                library + File.pathSeparator + classPath,
                "-d",
                home.resolve("classes").toString(),
                source.toString()));
        // Newer JVMs warn of what the compiler itself does with them; its own warnings are written in small letters.
        assertEquals(
                "",
                compiled.output()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                        .collect(Collectors.joining("\n")));
        assertEquals(0, compiled.exitCode());
        ChildJvm.Ended ran = ChildJvm.run(List.of(
                "-cp",
                String.join(File.pathSeparator, List.of(home.resolve("classes").toString(), library, classPath)),
                "ProgramKt",
                TestServer.shared().dsn()));
        assertEquals("2\nnull\nof the block\n[(2,)]\n(null,)\n", ran.output());
    }

    private static String jars(String prefix) throws Exception {
        try (Stream<Path> files = Files.list(COMPILER)) {
            String found = files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
            assertTrue(!found.isEmpty(), "no " + prefix + " in " + COMPILER);
            return found;
        }
    }
}
