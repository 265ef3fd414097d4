package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of the program that has ended. */
record Ended(int status, String out, String err) {
    /** A script: a third of its transactions fail in one way, a third in another one. */
    static final String FAILING = """
            BEGIN;
            \\set r random(1, 3)
            \\if :r = 1
            DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$;
            \\elif :r = 2
            DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40P01'; END $$;
            \\endif
            END;
            """;

    /** Runs it with options and a connection string. */
    static Ended run(String dsn, String... options) {
        return withScript("", dsn, options);
    }

    /** The same with a script on standard input, for {@code -f -}. */
    static Ended withScript(String script, String dsn, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(dsn);
        int status = Bench.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                in,
                arguments.toArray(String[]::new));
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Checks that it ended well. */
    Ended well() {
        assertEquals(0, status, () -> out + err);
        return this;
    }

    /** The number that stands behind a text in the output. */
    double number(String before) {
        Matcher found = Pattern.compile(Pattern.quote(before) + "([0-9.]+)").matcher(out);
        assertTrue(found.find(), () -> "no \"" + before + "\" in\n" + out + err);
        return Double.parseDouble(found.group(1).replaceAll("\\.$", ""));
    }

    /** The lines of the standard error that begin so. */
    List<String> errLines(String begin) {
        return err.lines().filter(line -> line.startsWith(begin)).toList();
    }
}
