package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.contestant.ComposedValues.Item;
import dev.pgwire.benchmarks.compare.server.ComposedTable;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import dev.pgwire.config.Config;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.util.ArrayList;
import java.util.List;

/** This driver, through its blocking interface; the contestant of its name has nothing set. */
final class Pgwire implements Contestant {
    private static final String POINT = PointTable.select("$1");
    private static final String INSERT = TargetTable.insert("$1, $2, $3, $4");

    private static final TypeRef<Range<Long>> SPAN = new TypeRef<>() {};

    private final Config config;
    private final Connection connection;
    private final Cursor cursor;

    Pgwire(Config config) {
        this.config = config;
        connection = Postgres.connect(config);
        cursor = connection.cursor();
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public String pointSelect(int key) {
        cursor.execute(POINT, key);
        cursor.next();
        return present(cursor.getString(0));
    }

    @Override
    public void pointSelects(int[] keys, PointValues into) {
        List<Object[]> sets = new ArrayList<>(keys.length);
        for (int key : keys) {
            sets.add(new Object[] {key});
        }
        cursor.executeMany(POINT, sets);
        do {
            while (cursor.next()) {
                into.add(present(cursor.getString(0)));
            }
        } while (cursor.nextSet());
    }

    @Override
    public void streamWide(WideValues into) {
        cursor.execute(WideTable.SELECT);
        while (cursor.next()) {
            into.add(
                    cursor.getInt(0),
                    cursor.getLong(1),
                    cursor.getDouble(2),
                    present(cursor.getBigDecimal(3)),
                    present(cursor.getString(4)),
                    cursor.getBoolean(5),
                    present(cursor.getOffsetDateTime(6)),
                    present(cursor.getLocalDate(7)),
                    present(cursor.getUuid(8)),
                    cursor.getString(9));
        }
    }

    @Override
    public void streamNumbers(WideNumbers into) {
        cursor.execute(WideTable.SELECT_NUMBERS);
        while (cursor.next()) {
            into.add(cursor.getInt(0), cursor.getLong(1), cursor.getDouble(2), cursor.getDouble(3));
        }
    }

    @Override
    public void streamComposed(ComposedValues into) {
        cursor.execute(ComposedTable.SELECT);
        while (cursor.next()) {
            Range<Long> span = present(cursor.get(2, SPAN));
            into.add(
                    present(cursor.get(0, int[].class)),
                    present(cursor.get(1, String[].class)),
                    present(span.lower()),
                    present(span.upper()),
                    present(cursor.getOffsetDateTime(3)),
                    present(cursor.get(4, Item.class)));
        }
    }

    @Override
    public Object fetchWide() {
        return cursor.execute(WideTable.SELECT).fetchAll();
    }

    @Override
    public void decodeWide(Object rows, WideValues into) {
        for (Row row : (Rows) rows) {
            into.add(
                    row.getInt(0),
                    row.getLong(1),
                    row.getDouble(2),
                    present(row.getBigDecimal(3)),
                    present(row.getString(4)),
                    row.getBoolean(5),
                    present(row.getOffsetDateTime(6)),
                    present(row.getLocalDate(7)),
                    present(row.getUuid(8)),
                    row.getString(9));
        }
    }

    @Override
    public void insert(NewRows rows) {
        Iterable<Object[]> sets = () -> rows.rows().stream()
                .map(row -> new Object[] {row.id(), row.name(), row.value(), row.at()})
                .iterator();
        cursor.executeMany(INSERT, sets);
    }

    @Override
    public void connectAndClose() {
        Postgres.connect(config).close();
    }

    @Override
    public void run(String sql) {
        cursor.execute(sql);
    }
}
