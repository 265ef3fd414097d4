package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code --explain-config} prints; the rows that the machine's own environment might add are left aside. */
class ExplainConfigTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsEachKeywordWithItsSourceAndHidesSecrets() {
        assertEquals(
                0,
                run("--explain-config", "postgresql://ada:S3cr3t@h1,h2:5433/shop?sslmode=require&sslpassword=S3cr3t"));
        List<String> lines = out.toString(UTF_8).lines().toList();
        assertEquals(
                List.of(
                        "user=ada\tconnection string",
                        "password=***\tconnection string",
                        "dbname=shop\tconnection string",
                        "host=h1,h2\tconnection string",
                        "port=,5433\tconnection string",
                        "sslmode=require\tconnection string",
                        "sslpassword=***\tconnection string"),
                lines.stream()
                        .filter(line -> line.endsWith("\tconnection string"))
                        .toList());
        assertTrue(lines.contains("keepalives=1\tdefault"), lines.toString());
        assertFalse(lines.toString().contains("S3cr3t"), lines.toString());
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void withoutADsnItExplainsWhatIsThereAnyway() {
        assertEquals(0, run("--explain-config"));
        assertTrue(out.toString(UTF_8).contains("\nhost="), out.toString(UTF_8));
    }

    @Test
    void whatCannotBeUsedIsAnErrorAndNothingIsPrinted() {
        assertEquals(2, run("--explain-config", "password=S3cr3t hots=x"));
        assertEquals("", out.toString(UTF_8));
        assertEquals(
                "pgwire: error: unknown keyword \"hots\" (connection string), did you mean \"host\"?\n",
                err.toString(UTF_8).replace(System.lineSeparator(), "\n"));
    }

    private int run(String... arguments) {
        PrintStream output = new PrintStream(out, true, UTF_8);
        PrintStream errors = new PrintStream(err, true, UTF_8);
        Input nothing = new Input(new ByteArrayInputStream(new byte[0]), false);
        return Console.run(output, errors, nothing, arguments);
    }
}
