package dev.pgwire.console.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.console.command.MetaCommands;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.system.Messages;
import dev.pgwire.console.system.Programs;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tabulator offers, on a database of its own. A vertical bar is the cursor. */
@Timeout(120)
class CompletionIT {
    private static final String DATABASE = "completion_it";

    private static String dsn = "";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);
    private final Connection connection = Postgres.connect(dsn);
    private Shell shell = shell(Path.of(""));

    @BeforeAll
    static void createTheDatabase() {
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.cursor().executeSimple("DROP DATABASE IF EXISTS " + DATABASE);
            admin.cursor().executeSimple("CREATE DATABASE " + DATABASE);
        }
        dsn = TestServer.shared().dsn("dbname=" + DATABASE);
        try (Connection connection = Postgres.connect(dsn)) {
            connection.cursor().executeSimple("""
                    CREATE TABLE customers (id int, family_name text, "First Name" text);
                    CREATE TABLE custom_orders (number int, customer int);
                    CREATE VIEW customs AS SELECT 1 AS duty;
                    CREATE TABLE "Custom Things" (a int);
                    CREATE SCHEMA custom_made CREATE TABLE tables_made (height int);
                    CREATE FUNCTION custom_sum(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
                    CREATE FUNCTION custom_made.sum_up(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
                    CREATE TYPE custom_mood AS ENUM ('glad')""");
        }
    }

    @AfterAll
    static void dropTheDatabase() {
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.cursor().executeSimple("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
        }
    }

    @BeforeEach
    void enterTheDirectory() {
        shell = shell(directory);
    }

    @AfterEach
    void close() {
        connection.close();
        assertEquals("", printed.toString(UTF_8));
    }

    private Shell shell(Path at) {
        return new Shell(
                connection,
                out,
                new Messages(out, out),
                Layout.DEFAULT,
                new Programs(Map.of("HOME", at.toString()), at, false),
                new MetaCommands(),
                new NoAnswers());
    }

    @Test
    void keywordsAreInTheCaseThatIsTyped() {
        assertEquals(List.of("SELECT"), offered("SEL|"));
        assertEquals(List.of("select"), offered("sel|"));
        assertTrue(offered("|").contains("SELECT"));
        shell.variables().set("COMP_KEYWORD_CASE", "upper");
        assertEquals(List.of("SELECT"), offered("sel|"));
    }

    @Test
    void relationsAndSchemasFollowTheWordsThatWantThem() {
        List<String> relations = List.of("custom_made.", "custom_orders", "customers", "customs");

        assertEquals(relations, offered("SELECT * FROM custom|"));
        assertEquals(relations, offered("SELECT 1; INSERT INTO CUSTOM|"));
        assertEquals(relations, offered("UPDATE custom|"));
        assertEquals(relations, offered("TABLE custom|"));
        assertEquals(relations, offered("SELECT 1 FROM x JOIN custom|"));
        assertEquals(List.of("\"Custom Things\""), offered("TABLE \"Custom T|"));
        assertFalse(offered("TABLE |").contains("pg_class"));
        assertTrue(offered("TABLE pg_cl|").contains("pg_class"));
    }

    @Test
    void columnsAreThoseOfTheTablesOfTheStatement() {
        assertTrue(offered("SELECT fam| FROM customers").contains("family_name"));
        assertTrue(offered("SELECT 1 FROM customs, custom_orders WHERE num|").contains("number"));
        assertTrue(offered("INSERT INTO customers (|").containsAll(List.of("id", "family_name", "\"First Name\"")));
        assertTrue(offered("UPDATE customers SET fam|").contains("family_name"));
        assertFalse(offered("SELECT fam|").contains("family_name"));
    }

    @Test
    void columnsFollowTheNameOrTheAliasOfATable() {
        assertEquals(List.of("c.family_name"), offered("SELECT c.f| FROM customers c"));
        assertEquals(List.of("customers.family_name"), offered("SELECT customers.f|"));
        assertEquals(List.of("custom_made.tables_made.height"), offered("SELECT custom_made.tables_made.|"));
    }

    @Test
    void whatIsInASchemaFollowsItsName() {
        assertEquals(List.of("custom_made.sum_up(", "custom_made.tables_made"), offered("SELECT 1 FROM custom_made.|"));
        assertEquals(List.of("custom_made.tables_made"), offered("TABLE custom_made.TAB|"));
    }

    @Test
    void functionsTypesSettingsRolesAndDatabasesHaveTheirPlaces() {
        assertTrue(offered("SELECT custom_s|").contains("custom_sum("));
        assertTrue(offered("SELECT 1::custom_m|").contains("custom_mood"));
        assertEquals(List.of("work_mem"), offered("SET work_|"));
        assertEquals(List.of("work_mem"), offered("SHOW WORK_|"));
        assertEquals(List.of(DATABASE), offered("DROP DATABASE " + DATABASE.substring(0, 8) + "|"));
        assertTrue(offered("ALTER TABLE customers OWNER TO pg_mon|").contains("pg_monitor"));
        assertEquals(List.of("custom_made"), offered("DROP SCHEMA cust|"));
    }

    @Test
    void nothingIsOfferedWithinTextsAndComments() {
        assertEquals(List.of(), offered("SELECT 'sel|"));
        assertEquals(List.of(), offered("SELECT 1 -- sel|"));
        assertEquals(List.of(), offered("SELECT /* sel|"));
    }

    @Test
    void lineThatGoesOnKnowsTheLinesBefore() {
        assertTrue(offered("SELECT *\nFROM customers\nWHERE fam|").contains("family_name"));
        assertEquals(List.of(), offered("SELECT 'a\nsel|"));
    }

    @Test
    void commandsAndWhatTheyTakeAreOffered() throws IOException {
        Files.createDirectory(directory.resolve("scripts"));
        Files.createFile(directory.resolve("script.sql"));

        assertEquals(List.of("\\password"), offered("\\pass|"));
        assertEquals(List.of("\\dconfig"), offered("\\dcon|"));
        assertEquals(List.of("custom_made.", "custom_orders", "customers", "customs"), offered("\\d custom|"));
        assertEquals(List.of("custom_sum"), offered("\\sf custom_s|"));
        assertEquals(List.of("pager", "pager_min_lines"), offered("\\pset pag|"));
        assertEquals(List.of("TABLE", "TABLE AS", "TABLESPACE"), offered("\\h create table|"));
        assertEquals(List.of("script.sql", "scripts/"), offered("\\i scr|"));
        assertEquals(List.of("scripts/"), offered("\\cd |"));
        assertEquals(List.of("~/script.sql", "~/scripts/"), offered("\\i ~/scr|"));
        assertEquals(List.of("script.sql", "scripts/"), offered("\\copy customers from scr|"));
        assertEquals(List.of("FROM", "TO"), offered("\\copy customers |"));
        assertEquals(List.of("customers"), offered("\\copy custome|"));
    }

    @Test
    void variablesFollowAColonAndSet() {
        shell.variables().set("answer", "42");

        assertEquals(List.of(":answer"), offered("SELECT :ans|"));
        assertEquals(List.of(":'answer'"), offered("SELECT :'ans|"));
        assertEquals(List.of(":\"answer\""), offered("\\echo :\"ans|"));
        assertEquals(List.of("answer"), offered("\\set ans|"));
        assertEquals(List.of("HISTCONTROL"), offered("\\set HISTC|"));
    }

    @Test
    void transactionGoesOnAfterwards() {
        connection.cursor().executeSimple("BEGIN; CREATE TABLE custom_new (a int)");
        assertEquals(List.of("custom_new"), offered("TABLE custom_n|"));
        assertEquals(List.of(), offered("TABLE nothing_of_this_name|"));
        assertEquals(TransactionStatus.IN_TRANSACTION, connection.transactionStatus());
    }

    @Test
    void transactionIsNotHarmedWhenTheCatalogsCannotBeRead() {
        connection
                .cursor()
                .executeSimple("BEGIN; CREATE TEMP TABLE kept (a int); SET LOCAL statement_timeout = '100ms'");
        try (Connection other = Postgres.connect(dsn)) {
            other.cursor()
                    .executeSimple(
                            "BEGIN; LOCK TABLE pg_catalog.pg_db_role_setting, pg_catalog.pg_proc IN ACCESS EXCLUSIVE MODE");

            assertEquals(List.of(), offered("DROP FUNCTION cust|"));
        }
        assertEquals(TransactionStatus.IN_TRANSACTION, connection.transactionStatus());
        assertEquals(
                0L,
                connection.execute("SELECT count(*) FROM kept").fetchSingle().getLong(0));
    }

    @Test
    void promptDoesNotHangWhenTheCatalogsAreLocked() {
        try (Connection other = Postgres.connect(dsn)) {
            other.cursor().executeSimple("BEGIN; LOCK TABLE pg_catalog.pg_proc IN ACCESS EXCLUSIVE MODE");

            assertEquals(List.of(), offered("DROP FUNCTION cust|"));
        }
        assertEquals(List.of("custom_made.", "custom_sum("), offered("DROP FUNCTION cust|"));
    }

    @Test
    void nothingIsAskedInATransactionThatHasFailedOrOfAConnectionThatIsLost() {
        connection.cursor().executeSimple("BEGIN");
        assertFalse(shell.statements().quietly("SELECT 1/0"));
        printed.reset();

        assertEquals(List.of(), offered("TABLE custom|"));
        assertEquals(TransactionStatus.FAILED, connection.transactionStatus());
        connection.close();
        assertEquals(List.of(), offered("TABLE custom|"));
        assertEquals(List.of("SELECT"), offered("SEL|"));
    }

    @Test
    void tabulatorCompletesTheWord() throws IOException {
        Typing typing = new Typing(directory, dsn);

        String seen = typing.run(
                "SELECT count(*) FROM custome\t;\nSELECT 'of the ' ||\n'second line' FROM custom_o\t RIGHT JOIN (VALUES (1)) x ON true;\n\\q\n");

        assertTrue(seen.contains("     0\n"), seen);
        assertTrue(seen.contains("of the second line"), seen);
        assertEquals("", typing.errors());
    }

    /** What is offered in the last of these lines, in order. */
    private List<String> offered(String lines) {
        int begin = lines.lastIndexOf('\n') + 1;
        String line = lines.substring(begin).replace("|", "");
        Completion completion = new Completion(shell);
        completion.follows(lines.substring(0, Math.max(0, begin - 1)));
        List<Candidate> candidates = new ArrayList<>();
        ParsedLine parsed = new WordAtCursor().parse(line, lines.indexOf('|') - begin, Parser.ParseContext.COMPLETE);
        completion.complete(parsed, candidates);
        return candidates.stream().map(Candidate::value).sorted().toList();
    }
}
