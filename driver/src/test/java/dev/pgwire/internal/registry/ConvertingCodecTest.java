package dev.pgwire.internal.registry;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.fixture.RecordedRows;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.row.CompositeCodecs;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import dev.pgwire.type.Conversion;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConvertingCodecTest {
    private static final int INT4S = 1007;
    private static final int INT4MULTIRANGE = 4451;
    private static final int NO_CODEC = 1033;

    static class Id implements Comparable<Id> {
        final int value;

        Id(int value) {
            this.value = value;
        }

        @Override
        public int compareTo(Id other) {
            return Integer.compare(value, other.value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && id.value == value;
        }

        @Override
        public int hashCode() {
            return value;
        }
    }

    static final class SpecialId extends Id {
        SpecialId(int value) {
            super(value);
        }
    }

    private static final Conversion<Id, Integer> IDS = Conversion.of(Id.class, Integer.class, Id::new, id -> id.value);

    private static DatabaseTypes types() {
        return new DatabaseTypes(
                "converting", new CompositeCodecs(), new ProgramCodecs(Map.of(), Map.of(Id.class, IDS)));
    }

    private static FieldCodec<?> codec(int oid) {
        return Objects.requireNonNull(types().codec(oid));
    }

    @Test
    void withoutConversionsTheCodecsAreTheDriversOwn() {
        DatabaseTypes types = new DatabaseTypes("converting", new CompositeCodecs(), ProgramCodecs.NONE);
        assertSame(Int4Codec.INSTANCE, types.codec(INT4));
        assertNull(types.uncoded());
        Id id = new Id(1);
        assertSame(id, types.base(id));
    }

    @Test
    void aValueIsWrittenAsItsBaseAndSoIsThatOfASubclass() {
        FieldCodec<?> codec = codec(INT4);
        assertSame(Int4Codec.INSTANCE, codec.plain());
        assertTrue(codec.accepts(new Id(1)));
        assertTrue(codec.accepts(new SpecialId(1)));
        assertTrue(codec.accepts(1));
        assertFalse(codec.accepts("x"));
        assertTrue(codec(INT4MULTIRANGE).accepts(Multirange.of(Range.closedOpen(new Id(1), new Id(2)))));
    }

    @Test
    void columnsAreReadAsTheClassInBothFormats() {
        for (Format format : Format.values()) {
            RecordedRows rows = new RecordedRows(columns(format, "id", INT4, "name", TEXT), types());
            Row row = rows.row(row(format == Format.BINARY ? 7 : "7", "x"));
            assertEquals(new Id(7), row.get(0, Id.class));
            assertEquals(7, row.get(0));
            assertEquals(7, row.getInt(0));
            assertEquals("(7, 'x')", row.toString());
            DataException refused = assertThrows(DataException.class, () -> row.get(1, Id.class));
            assertTrue(refused.getMessage().contains("text cannot be read as Integer"), refused.getMessage());
        }
    }

    @Test
    void partsAreReadAsTheClass() {
        RecordedRows rows = new RecordedRows(columns("ids", INT4S, "ranges", INT4MULTIRANGE), types());
        Row row = rows.row(row("{1,NULL}", "{[1,5)}"));
        assertEquals(Arrays.asList(new Id(1), null), row.get(0, new TypeRef<List<Id>>() {}));
        assertArrayEquals(new Id[] {new Id(1), null}, row.get(0, Id[].class));
        assertEquals(
                Multirange.of(Range.closedOpen(new Id(1), new Id(5))), row.get(1, new TypeRef<Multirange<Id>>() {}));
        record Both(List<Id> ids) {}
        assertEquals(new Both(Arrays.asList(new Id(1), null)), row.to(Both.class));
    }

    @Test
    void textOfATypeWithoutACodecIsConvertedFromString() {
        DatabaseTypes types = types();
        types.register(Conversion.of(StringBuilder.class, String.class, StringBuilder::new, StringBuilder::toString));
        RecordedRows rows = new RecordedRows(columns("acl", NO_CODEC), types);
        Row row = rows.row(row("a=r/b"));
        assertEquals("a=r/b", row.get(0, StringBuilder.class).toString());
        assertEquals("a=r/b", row.get(0));
    }
}
