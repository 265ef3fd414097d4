/**
 * A PostgreSQL driver with the connection and the cursor of the DB-API, in Java.
 *
 * <pre>{@code
 * try (Connection conn = Postgres.connect("dbname=postgres user=cenrax");
 *         Cursor cur = conn.cursor()) {
 *     cur.execute("SELECT * FROM users WHERE age > $1", 30);
 *     for (Row row : cur) {
 *         System.out.println(row);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.pgwire;

import org.jspecify.annotations.NullMarked;
