package dev.pgwire.internal.record;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.RecordedRows;
import dev.pgwire.protocol.backend.RowDescription;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of hundreds of components. */
class WideRecordTest {
    private static final int COMPONENTS = 240;

    private static Class<? extends Record> wide;

    @BeforeAll
    static void compile(@TempDir Path home) throws Exception {
        String components =
                IntStream.range(0, COMPONENTS).mapToObj(i -> "Integer c" + i).collect(Collectors.joining(", "));
        Path source = Files.writeString(home.resolve("Wide.java"), "public record Wide(" + components + ") {}");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", home.toString(), source.toString()));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {home.toUri().toURL()})) {
            wide = loader.loadClass("Wide").asSubclass(Record.class);
        }
    }

    private static RowDescription description(int count, String prefix, int type) {
        Object[] named = new Object[2 * count];
        for (int i = 0; i < count; i++) {
            named[2 * i] = prefix + i;
            named[2 * i + 1] = i == count - 1 ? type : INT4;
        }
        return columns(named);
    }

    private static Object[] values(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toArray();
    }

    @Test
    void theyAreReadAsOthersAre() {
        RecordedRows rows = new RecordedRows(description(COMPONENTS, "c", INT4));
        Record read = rows.plan().mapper(wide).map(rows.row(row(values(COMPONENTS))));
        assertTrue(read.toString().endsWith("c" + (COMPONENTS - 1) + "=" + (COMPONENTS - 1) + "]"), read.toString());
    }

    @Test
    void aMismatchIsShownInOneGlance() {
        RecordedRows rows = new RecordedRows(description(1000, "col_", INT4));
        InterfaceException refused =
                assertThrows(InterfaceException.class, () -> rows.plan().mapper(wide));
        List<String> lines = String.valueOf(refused.getMessage()).lines().toList();
        assertEquals("component c0 of record Wide has no column; nor do 239 more fit", lines.get(0));
        assertEquals("  Integer c9 | none", lines.get(11));
        assertEquals("  none       | 9 \"col_9\" (int4)", lines.get(21));
        assertEquals("  and 230 components more, 990 columns more", lines.get(22));
        assertEquals(23, lines.size());
    }

    @Test
    void theComponentThatDoesNotFitIsAmongThoseThatAreShown() {
        int point = 600;
        RecordedRows rows = new RecordedRows(description(COMPONENTS, "c", point));
        Object[] values = values(COMPONENTS);
        values[COMPONENTS - 1] = "(1,2)";
        DataException refused =
                assertThrows(DataException.class, () -> rows.plan().mapper(wide).map(rows.row(row(values))));
        List<String> lines = String.valueOf(refused.getMessage()).lines().toList();
        assertTrue(lines.get(2).endsWith("Integer c239 | 239 \"c239\" (point)"), lines.toString());
        assertEquals("  and 220 components more, 0 columns more", lines.get(lines.size() - 1));
    }
}
