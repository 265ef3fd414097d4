package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.it.Debugger;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages name classes that exist, and the walk of a query names all that it comes by. */
class ArchitectureIT {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** A class, also as the owner of a member. */
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(\\.\\w+(\\(.*\\))?)?");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");
    private static final String WALK = "## The walk of a query";

    /** What the pages name of the JDK, of Netty, of libpq, of Jackson and of other pools. */
    private static final Set<String> OTHERS = Set.of(
            "Exception",
            "ZoneId",
            "ZoneOffset",
            "ByteBuffer",
            "ClosedChannelException",
            "IOException",
            "SeekableByteChannel",
            "Logger",
            "AfterConnect",
            "AfterRelease",
            "Bootstrap",
            "ByteBuf",
            "ByteBufUtil",
            "Cleaner",
            "CompletableFuture",
            "DeserializationFeature",
            "IllegalStateException",
            "IoEventLoop",
            "Iterable",
            "List",
            "LocalDate",
            "LocalDateTime",
            "ManualIoEventLoop",
            "MaxConnIdleTime",
            "MaxConnLifetime",
            "MaxConns",
            "MinConns",
            "NioSocketChannel",
            "NullNode",
            "OffsetDateTime",
            "Poller",
            "PQtrace",
            "PrintStream",
            "ReentrantLock",
            "SSLContext",
            "SslHandler",
            "SocketChannel",
            "Timeout",
            "Unsafe",
            "VarHandle");

    /** What the page for those who come from psycopg2 names of it. */
    private static final Set<String> OF_PSYCOPG2 = Set.of(
            "AsIs",
            "DataError",
            "DatabaseError",
            "DateTimeRange",
            "DictCursor",
            "Error",
            "IntegrityError",
            "InterfaceError",
            "InternalError",
            "Json",
            "LoggingConnection",
            "MinTimeLoggingConnection",
            "NamedTupleCursor",
            "NotSupportedError",
            "NumericRange",
            "OperationalError",
            "ProgrammingError",
            "QueryCanceledError",
            "QuotedString",
            "RealDictCursor",
            "ThreadedConnectionPool",
            "TransactionRollbackError");

    /** What the page for those who come from JDBC names of it. */
    private static final Set<String> OF_JDBC = Set.of(
            "Blob", "Clob", "DataSource", "Driver", "PGobject", "SQLException", "SQLWarning", "Thread", "Timestamp");

    @Test
    void everyClassThatThePagesNameExists() throws IOException {
        Set<String> known = new HashSet<>(OTHERS);
        known.addAll(OF_PSYCOPG2);
        known.addAll(OF_JDBC);
        try (Stream<Path> files = Files.walk(Page.ROOT)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher declared = DECLARED.matcher(Files.readString(file));
                while (declared.find()) {
                    known.add(declared.group(1));
                }
            }
        }
        List<String> unknown = new ArrayList<>();
        for (Page page : Page.all()) {
            if (page.path().startsWith("docs")) {
                classesNamedIn(page.lines()).stream()
                        .filter(name -> !known.contains(name))
                        .forEach(name -> unknown.add(page + ": " + name));
            }
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void theWalkOfAQueryNamesEveryClassThatADebuggerMeets() throws Exception {
        Set<String> met =
                Debugger.classesIn(Program.class, "select", TestServer.shared().dsn());
        assertTrue(met.size() > 30, met.toString());
        met.removeAll(classesNamedIn(walk()));
        assertEquals(Set.of(), met, "classes that a query comes by, and that the page does not name");
    }

    @Test
    void aClassIsFoundInCodeFontOnly() {
        assertEquals(
                Set.of("Row", "Wire", "SqlShape"),
                classesNamedIn(
                        List.of("Cursor `Row` and `Wire.header(1)`, `SqlShape.name`, `SELECT`, `the Page`", "")));
    }

    private static Set<String> classesNamedIn(List<String> lines) {
        Set<String> names = new TreeSet<>();
        for (String line : lines) {
            Matcher code = CODE.matcher(line);
            while (code.find()) {
                Matcher name = CLASS.matcher(code.group(1));
                if (name.matches()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }

    private static List<String> walk() throws IOException {
        List<String> page = Files.readAllLines(Page.ROOT.resolve("docs/architecture.md"));
        int begin = page.indexOf(WALK);
        assertTrue(begin >= 0, "no section " + WALK);
        return page.subList(begin + 1, page.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }

    /** Selects one row until the server keeps the statement, and then once more. */
    static final class Program {
        private static final String SQL = "SELECT 'x' || $1::text";

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0])) {
                for (int i = 0; i < 3; i++) {
                    conn.execute(SQL, "a").fetchAll();
                }
                select(conn);
            }
        }

        private static void select(Connection conn) {
            try (Cursor cur = conn.cursor()) {
                cur.execute(SQL, "a");
                cur.next();
                cur.getString(0);
            }
        }
    }
}
