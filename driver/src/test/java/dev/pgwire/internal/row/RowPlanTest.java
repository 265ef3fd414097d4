package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.columns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.row.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowPlanTest {
    private static Column column(RowDescription description) {
        return new RowPlanner(TypeRegistry.builtin())
                .asDescribed(description)
                .columns()
                .get(0);
    }

    /** Half of all oids are negative as an int; a server that has used up the first half counts on. */
    @Test
    void oidsAreTheNumbersOfTheServer() {
        Column column = column(new RowDescription(
                List.of(new RowDescription.Field("a", -2, (short) 1, -1, (short) -1, -1, Format.TEXT))));
        assertEquals(4_294_967_295L, column.typeOid());
        assertEquals(4_294_967_294L, column.tableOid());
        assertEquals("oid 4294967295", column.typeName());
        assertEquals(
                "Column[name=a, typeOid=4294967295, typeName=oid 4294967295, tableOid=4294967294, attribute=1,"
                        + " typeLength=-1, typeModifier=-1]",
                column.toString());
        assertEquals(2_147_483_648L, column(columns("a", Integer.MIN_VALUE)).typeOid());
    }
}
