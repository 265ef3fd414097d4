package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 20,000 statements of 10 KB in and 10 KB out, 400 MB in all, in a JVM with a heap of 256 MB. */
class LargeBatchIT {
    private static final int SETS = 20_000;
    private static final int WIDTH = 10_000;
    private static final String SQL = "SELECT $1::text, $2::int";

    @Test
    void aBatchLargerThanTheHeapNeitherStallsNorFillsIt() throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-Xmx256m",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                Batches.class.getName(),
                TestServer.shared().dsn()));
        assertEquals("""
                read 20000 sets, 200000000 characters
                discarded, 20000 sets were asked for
                set aside? refused
                read 20000 sets, 200000000 characters
                a late bad set: refused
                a late failure: 22012 set 19000 of executeMany
                ended with 20000 rows
                rolled back to 20000 rows
                abandoned with 20000 rows
                """, child.output());
        assertEquals(0, child.exitCode());
    }

    /** Runs the batch, and reads its results in several ways. */
    static final class Batches {
        private final Connection conn;
        private final Cursor cur;
        private int asked;

        private Batches(Connection conn) {
            this.conn = conn;
            this.cur = conn.cursor();
        }

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0])) {
                conn.execute("CREATE TEMP TABLE large_batch (id int)");
                new Batches(conn).run();
            }
        }

        private void run() {
            cur.executeMany(SQL, sets(-1));
            read();

            asked = 0;
            try (Cursor closed = conn.cursor().executeMany(SQL, sets(-1))) {
                closed.next();
            }
            System.out.println("discarded, " + asked + " sets were asked for");

            cur.executeMany(SQL, sets(-1));
            try {
                conn.execute("SELECT 1");
                System.out.println("set aside? yes");
            } catch (InterfaceException refused) {
                System.out.println("set aside? refused");
            }
            read();

            cur.executeMany(SQL, sets(19_000));
            System.out.println("a late bad set: " + failure(this::read));

            cur.executeMany("SELECT $1::text, 1 / ($2::int - 19000)", sets(-1));
            System.out.println("a late failure: " + failure(cur::close));

            String insert = "INSERT INTO large_batch SELECT $2::int FROM (SELECT $1::text) t RETURNING $1::text";
            conn.begin();
            conn.cursor().executeMany(insert, sets(-1));
            conn.commit();
            count("ended with ");
            conn.begin();
            conn.cursor().executeMany(insert, sets(-1));
            conn.rollback();
            count("rolled back to ");
            Cursor lost = conn.cursor().executeMany(insert, sets(19_000));
            failure(lost::close);
            count("abandoned with ");
        }

        private void read() {
            int sets = 0;
            long characters = 0;
            do {
                cur.next();
                if (cur.getInt(1) != sets++) {
                    throw new AssertionError("set " + sets + " has " + cur.getInt(1));
                }
                characters += String.valueOf(cur.getString(0)).length();
            } while (cur.nextSet());
            System.out.println("read " + sets + " sets, " + characters + " characters");
        }

        private void count(String what) {
            System.out.println(what
                    + conn.execute("SELECT count(*) FROM large_batch")
                            .fetchAll()
                            .get(0)
                            .getLong(0) + " rows");
        }

        private static String failure(Runnable reading) {
            try {
                reading.run();
                return "none";
            } catch (InterfaceException refused) {
                return "refused";
            } catch (PgException failure) {
                return failure instanceof DatabaseException refused
                        ? refused.sqlState() + " " + refused.place()
                        : String.valueOf(failure);
            }
        }

        /** Sets that are made when they are asked for; one of them may have a value too few. */
        private Iterable<Object[]> sets(int bad) {
            String text = "x".repeat(WIDTH);
            return () -> {
                Iterator<Object[]> sets = IntStream.range(0, SETS)
                        .mapToObj(i -> i == bad ? new Object[] {text} : new Object[] {text, i})
                        .iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return sets.hasNext();
                    }

                    @Override
                    public Object[] next() {
                        asked++;
                        return sets.next();
                    }
                };
            };
        }
    }
}
