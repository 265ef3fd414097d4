package dev.pgwire.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.dbapi.Python;
import dev.pgwire.docs.stage.Stage;
import dev.pgwire.testkit.TestServer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Python on a page. It is run in a schema of its own, with a connection {@code conn} of psycopg2; wherever its connection
 * strings lead, they lead to the test server.
 *
 * @param line the line of the page on which its first line stands, counted from 1
 * @param setup the SQL that is run before
 */
record PythonSnippet(Path page, int line, String heading, String setup, String code) {
    private static final Pattern PRINTS = Pattern.compile(".*\\bprint\\(.*\\)\\s+# (.+)");
    /** Runs the code so that lines are counted from its own first one, and notes which of them prints what. */
    private static final String FRAME = """
            import sys
            import psycopg2

            def printed(*values):
                text = ' '.join(str(value) for value in values)
                sys.stdout.write('%d %s\\n' % (sys._getframe(1).f_lineno, text.encode().hex()))

            connect = psycopg2.connect
            psycopg2.connect = lambda dsn='', **given: connect(bytes.fromhex('DSN').decode(), **{
                key: value for key, value in given.items() if key in ('connection_factory', 'cursor_factory')})
            code = compile(bytes.fromhex('CODE').decode(), 'PAGE', 'exec')
            exec(code, {'__name__': '__main__', 'psycopg2': psycopg2, 'print': printed, 'conn': psycopg2.connect()})
            """;

    String place() {
        return place(line);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private String place(int lineOfPage) {
        return page + ":" + lineOfPage;
    }

    /** Runs it, and compares what it prints with what its comments say. */
    void run(Python python) {
        String schema = "python_" + line;
        try (Stage stage = Stage.open(TestServer.shared().dsn(), schema)) {
            try (Connection conn = stage.connect(Config.parse(""))) {
                conn.execute(setup);
            }
            String dsn = TestServer.shared().dsn("options='-c search_path=" + schema + ",public'");
            String script =
                    FRAME.replace("DSN", hex(dsn)).replace("CODE", hex(code)).replace("PAGE", place());
            compareOutput(python.run(script).lines().toList());
        }
    }

    private void compareOutput(List<String> printed) {
        List<String> lines = code.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher prints = PRINTS.matcher(lines.get(i));
            String number = i + 1 + " ";
            if (prints.matches()) {
                Optional<String> first = printed.stream()
                        .filter(one -> one.startsWith(number))
                        .map(one -> new String(HexFormat.of().parseHex(one.substring(number.length())), UTF_8))
                        .findFirst();
                Snippet.compare(place(line + i), prints.group(1), first);
            }
        }
    }
}
