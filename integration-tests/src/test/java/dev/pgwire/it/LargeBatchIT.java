package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.util.ArrayList;
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

    @Test
    void aPipelineLargerThanTheHeapNeitherStallsNorFillsIt() throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-Xmx256m",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                Pipelines.class.getName(),
                TestServer.shared().dsn()));
        assertEquals("""
                synced 200000000 characters
                discarded 20000 statements
                refused, and then 200000000 characters
                too much at once: lost
                usable
                """, child.output());
        assertEquals(0, child.exitCode());
    }

    /** Sends the statements through pipelines, which hold no more than they may. */
    static final class Pipelines {
        private static final String TEXT = "x".repeat(WIDTH);

        private Pipelines() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0])) {
                synced(conn);
                discarded(conn);
                refused(conn);
                lost(conn);
            }
        }

        private static void synced(Connection conn) {
            long characters = 0;
            try (Pipeline pipeline = conn.pipeline()) {
                List<Cursor> cursors = new ArrayList<>();
                for (int i = 0; i < SETS; i++) {
                    cursors.add(pipeline.execute(SQL, TEXT, i));
                    if (i % 1000 == 999) {
                        pipeline.sync();
                        characters += read(cursors);
                    }
                }
            }
            System.out.println("synced " + characters + " characters");
        }

        private static void discarded(Connection conn) {
            try (Pipeline pipeline = conn.pipeline()) {
                for (int i = 0; i < SETS; i++) {
                    pipeline.execute(SQL, TEXT, i).close();
                }
            }
            System.out.println("discarded " + SETS + " statements");
        }

        private static void refused(Connection conn) {
            long characters = 0;
            boolean refusals = false;
            try (Pipeline pipeline = conn.pipeline()) {
                List<Cursor> cursors = new ArrayList<>();
                for (int i = 0; i < SETS; i++) {
                    try {
                        cursors.add(pipeline.execute(SQL, TEXT, i));
                    } catch (InterfaceException tooMuch) {
                        refusals = true;
                        characters += read(cursors);
                        cursors.add(pipeline.execute(SQL, TEXT, i));
                    }
                }
                characters += read(cursors);
            }
            System.out.println((refusals ? "refused" : "not refused") + ", and then " + characters + " characters");
        }

        private static void lost(Connection conn) {
            try (Pipeline pipeline = conn.pipeline()) {
                Cursor large = pipeline.execute("SELECT repeat('x', 10000) FROM generate_series(1, 40000)");
                Cursor small = pipeline.execute("SELECT 1");
                try {
                    large.next();
                    System.out.println("too much at once: kept");
                } catch (InterfaceException tooMuch) {
                    System.out.println("too much at once: lost");
                }
                small.close();
            }
            System.out.println(conn.execute("SELECT 1").next() ? "usable" : "not usable");
        }

        private static long read(List<Cursor> cursors) {
            long characters = 0;
            for (Cursor cursor : cursors) {
                cursor.next();
                characters += String.valueOf(cursor.getString(0)).length();
            }
            cursors.clear();
            return characters;
        }
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
