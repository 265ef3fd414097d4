package dev.pgwire.internal.verify;

import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.row.Mismatch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifyingTest {
    record User(int id, String name) {}

    record Nothing() {}

    private static final String GOOD = "SELECT id, name FROM users WHERE id = $1";
    private static final String BAD = "SELECT id, nam FROM users";
    private static final Describe DESCRIBE = new Describe(Target.STATEMENT, "");
    private static final ParameterDescription ONE = new ParameterDescription(new int[] {INT4});
    private static final ParameterDescription NONE = new ParameterDescription(new int[0]);
    private static final Query SAVEPOINT = new Query("SAVEPOINT pgwire_verify");
    private static final Query UNDO = new Query("ROLLBACK TO SAVEPOINT pgwire_verify");
    private static final Query END = new Query("ROLLBACK TO SAVEPOINT pgwire_verify; RELEASE SAVEPOINT pgwire_verify");

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private static Parse parse(String sql) {
        return new Parse("", sql, new int[0]);
    }

    private static Map<String, Class<? extends Record>> both() {
        Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
        statements.put(GOOD, User.class);
        statements.put(BAD, User.class);
        return statements;
    }

    @Test
    void aStatementThatFitsIsNotAmongThem() {
        Verifying verifying = Verifying.of(server.dispatch(), Map.of(GOOD, User.class));
        server.isAsked(verifying, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, ONE, columns("id", INT4, "name", TEXT), READY);
        assertEquals(List.of(), server.ends(verifying));
    }

    @Test
    void aConnectionThatIsLostEndsIt() {
        Verifying verifying = Verifying.of(server.dispatch(), both());
        server.isAsked(verifying, parse(GOOD), DESCRIBE, parse(BAD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE);
        server.leaves();
        server.fails(OperationalException.class, verifying);
    }

    @Test
    void allAreAskedForInOneSegment() {
        Verifying verifying = Verifying.of(server.dispatch(), both());
        server.isAsked(verifying, parse(GOOD), DESCRIBE, parse(BAD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, ONE, columns("id", INT4, "name", TEXT));
        server.says(error("42703", "column \"nam\" does not exist"), READY);
        List<Mismatch> wrong = server.ends(verifying);
        assertEquals(1, wrong.size());
        assertEquals(BAD, wrong.get(0).sql());
        assertTrue(
                wrong.toString().startsWith("[User <- SELECT id, nam FROM users: ERROR: column \"nam\" does not exist"),
                wrong::toString);
    }

    @Test
    void thoseBehindOneThatIsRefusedAreAskedForAgain() {
        Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
        statements.put(BAD, User.class);
        statements.put("SELECT :a, $1", User.class);
        statements.put(GOOD, User.class);
        Verifying verifying = Verifying.of(server.dispatch(), statements);
        server.isAsked(verifying, parse(BAD), DESCRIBE, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(error("42703", "column \"nam\" does not exist"), READY);
        server.isAsked(verifying, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, ONE, columns("id", INT4, "name", TEXT), READY);
        assertEquals(
                List.of(BAD, "SELECT :a, $1"),
                server.ends(verifying).stream().map(Mismatch::sql).toList());
    }

    @Test
    void columnsThatAreMissingAreShown() {
        Verifying verifying = Verifying.of(server.dispatch(), Map.of(BAD, User.class));
        server.isAsked(verifying, parse(BAD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, NONE, columns("id", INT4, "nam", TEXT), READY);
        assertEquals("""
                User <- SELECT id, nam FROM users: component name of record User has no column, did you mean "nam"?
                  component   | column
                  int id      | 0 "id" (int4)
                  String name | none
                  none        | 1 "nam" (text)""", server.ends(verifying).get(0).toString());
    }

    @Test
    void columnsOfTypesThatNoValueCanBeReadAsAreShown() {
        Verifying verifying = Verifying.of(server.dispatch(), Map.of(GOOD, User.class));
        server.isAsked(verifying, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, ONE, columns("id", TEXT, "name", INT4), READY);
        assertEquals("""
                component id of record User cannot take column 0 "id": text cannot be read as int; possible: String, \
                Character, an Enum
                  component   | column
                  int id      | 0 "id" (text)
                  String name | 1 "name" (int4)""", server.ends(verifying).get(0).reason().getMessage());
    }

    @Test
    void namesOfParametersAreNumbered() {
        Verifying verifying =
                Verifying.of(server.dispatch(), Map.of("SELECT 1 AS id, '' AS name WHERE :a = :b + :a", User.class));
        server.isAsked(verifying, parse("SELECT 1 AS id, '' AS name WHERE $1 = $2 + $1"), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, NONE, columns("id", INT4, "name", TEXT), READY);
        assertEquals(List.of(), server.ends(verifying));
    }

    @Test
    void aStatementWithoutRowsFitsARecordWithoutComponents() {
        for (Class<? extends Record> record : List.of(Nothing.class, User.class)) {
            Verifying verifying = Verifying.of(server.dispatch(), Map.of("DELETE FROM users", record));
            server.isAsked(verifying, parse("DELETE FROM users"), DESCRIBE, Command.SYNC);
            server.says(Signal.PARSE_COMPLETE, NONE, Signal.NO_DATA, READY);
            assertEquals(
                    record == Nothing.class
                            ? "[]"
                            : "[User <- DELETE FROM users: the statement gives no rows, expected columns for the"
                                    + " components of record User, or a record without components]",
                    server.ends(verifying).toString());
        }
    }

    @Test
    void inATransactionASavepointUndoesWhatIsRefused() {
        server.in(TransactionStatus.IN_TRANSACTION);
        Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
        statements.put(BAD, User.class);
        statements.put(GOOD, User.class);
        Verifying verifying = Verifying.of(server.dispatch(), statements);
        server.isAsked(verifying, SAVEPOINT);
        server.says(done("SAVEPOINT"), IN_TRANSACTION);
        server.isAsked(verifying, parse(BAD), DESCRIBE, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(error("42703", "column \"nam\" does not exist"), FAILED);
        server.isAsked(verifying, UNDO);
        server.says(done("ROLLBACK"), IN_TRANSACTION);
        server.isAsked(verifying, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, ONE, columns("id", INT4, "name", TEXT), IN_TRANSACTION);
        server.isAsked(verifying, END);
        server.says(done("ROLLBACK"), done("RELEASE"), IN_TRANSACTION);
        assertEquals(1, server.ends(verifying).size());
    }

    @Test
    void inAFailedTransactionNothingIsAsked() {
        server.in(TransactionStatus.FAILED);
        server.fails(InFailedTransactionException.class, Verifying.of(server.dispatch(), both()));
    }

    @Test
    void aTextThatCannotBeSentIsNotAsked() {
        Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
        statements.put("SELECT '\0'", User.class);
        statements.put("SELECT $1, :a", User.class);
        statements.put(GOOD, User.class);
        Verifying verifying = Verifying.of(server.dispatch(), statements);
        server.isAsked(verifying, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, ONE, columns("id", INT4, "name", TEXT), READY);
        List<Mismatch> wrong = server.ends(verifying);
        assertEquals(
                List.of("SELECT '\0'", "SELECT $1, :a"),
                wrong.stream().map(Mismatch::sql).toList());
    }

    @Test
    void whereNothingCanBeAskedNothingIsSent() {
        for (String sql : List.of("SELECT '\0'", "SELECT $1, :a", "SELECT 1; SELECT 2")) {
            assertEquals(
                    1,
                    server.ends(Verifying.of(server.dispatch(), Map.of(sql, Nothing.class)))
                            .size(),
                    sql);
        }
    }

    @Test
    void whatIsNoFaultOfAStatementEndsItAsAWhole() {
        for (String sqlState : List.of("57014", "55P03", "40P01", "53200")) {
            Verifying verifying = Verifying.of(server.dispatch(), both());
            server.isAsked(verifying, parse(GOOD), DESCRIBE, parse(BAD), DESCRIBE, Command.SYNC);
            server.says(error(sqlState, "not now"), READY);
            server.fails(OperationalException.class, verifying);
        }
    }

    @Test
    void aStatementThatIsTooMuchForTheServerIsAtFault() {
        Verifying verifying = Verifying.of(server.dispatch(), Map.of(GOOD, User.class));
        server.isAsked(verifying, parse(GOOD), DESCRIBE, Command.SYNC);
        server.says(error("54001", "stack depth limit exceeded"), READY);
        assertEquals(1, server.ends(verifying).size());
    }

    @Test
    void aPartIsAnsweredBeforeTheNextIsSent() {
        Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
        String wide = "SELECT 1 AS id -- " + "x".repeat(40_000);
        for (int i = 0; i < 3; i++) {
            statements.put(wide + i, Nothing.class);
        }
        Verifying verifying = Verifying.of(server.dispatch(), statements);
        server.isAsked(verifying, parse(wide + 0), DESCRIBE, parse(wide + 1), DESCRIBE, Command.SYNC);
        for (int i = 0; i < 2; i++) {
            server.says(Signal.PARSE_COMPLETE, NONE, columns("id", INT4));
        }
        server.says(READY);
        server.isAsked(verifying, parse(wide + 2), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, NONE, columns("id", INT4), READY);
        assertEquals(List.of(), server.ends(verifying));
    }

    @Test
    void whatIsNoStatementOrNoRecordIsRefused() {
        Map<String, Class<? extends Record>> statements = new HashMap<>();
        statements.put("SELECT 1", null);
        assertEquals(
                "there is the pair SELECT 1 = null, expected a statement and the class of a record",
                server.fails(InterfaceException.class, Verifying.of(server.dispatch(), statements))
                        .getMessage());
        assertEquals(
                "java.lang.Record is not the class of a record, expected one",
                server.fails(
                                InterfaceException.class,
                                Verifying.of(server.dispatch(), Map.of("SELECT 1", Record.class)))
                        .getMessage());
    }

    @Test
    void noStatementsAreFine() {
        assertEquals(List.of(), server.ends(Verifying.of(server.dispatch(), Map.of())));
    }
}
