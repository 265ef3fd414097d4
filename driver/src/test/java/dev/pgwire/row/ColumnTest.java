package dev.pgwire.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.row.Column.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {
    private static Column column(String type, int modifier) {
        return new Column("c", 0, type, 0, 0, -1, modifier);
    }

    /** The modifiers are what a PostgreSQL 15 server described. */
    @ParameterizedTest
    @CsvSource({
        "numeric, 786438, 'numeric(12,2)', 14, 12, 2",
        "numeric, 196615, 'numeric(3,3)', 6, 3, 3",
        "numeric, 329729, 'numeric(5,-3)', 9, 5, -3",
        "numeric, 131077, 'numeric(2,1)', 4, 2, 1",
        "numeric, -1, numeric, -1, -1, 0",
        "varchar, 14, varchar(10), 10, -1, 0",
        "varchar, -1, varchar, -1, -1, 0",
        "bpchar, 5, bpchar(1), 1, -1, 0",
        "bit, 8, bit(8), 8, -1, 0",
        "timestamptz, 3, timestamptz(3), -1, 3, 0",
        "timestamp, -1, timestamp, -1, -1, 0",
        "interval, 2147418114, interval(2), -1, 2, 0",
        "interval, 470351871, interval, -1, -1, 0",
        "int4, -1, int4, 11, -1, 0",
        "text, -1, text, -1, -1, 0"
    })
    void aModifierIsRead(String type, int modifier, String shown, int displaySize, int precision, int scale) {
        Column column = column(type, modifier);
        assertEquals(shown, column.typeDisplay());
        assertEquals(displaySize, column.displaySize());
        assertEquals(precision, column.precision());
        assertEquals(scale, column.scale());
    }

    @Test
    void typesHaveTheCategoriesOfTheDbApi() {
        assertEquals(Category.NUMBER, column("numeric", -1).category());
        assertEquals(Category.DATETIME, column("timestamptz", -1).category());
        assertEquals(Category.BINARY, column("bytea", -1).category());
        assertEquals(Category.ROWID, column("oid", -1).category());
        assertEquals(Category.STRING, column("varchar", 14).category());
    }
}
