package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.frontend.FunctionCall;
import dev.pgwire.protocol.frontend.Parse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Oids are carried as ints and shown as the server writes them. */
class OidsTest {
    private static final int[] OIDS = {23, Integer.MIN_VALUE, -1};

    @Test
    void messagesShowOidsWithoutSign() {
        assertEquals("[23, 2147483648, 4294967295]", Excerpt.ofOids(OIDS));
        assertEquals("[]", Excerpt.ofOids(new int[0]));
        assertEquals("ParameterDescription[23, 2147483648, 4294967295]", new ParameterDescription(OIDS).toString());
        assertEquals(
                "Parse[name=s, sql=SELECT $1, parameterTypeOids=[23, 2147483648, 4294967295]]",
                new Parse("s", "SELECT $1", OIDS).toString());
        String field = new RowDescription.Field("a", -2, (short) 1, -1, (short) 4, -1, Format.BINARY).toString();
        assertEquals(
                "Field[name=a, tableOid=4294967294, attribute=1, typeOid=4294967295, typeLength=4, typeModifier=-1,"
                        + " format=BINARY]",
                field);
        String call = new FunctionCall(-1, List.of(), List.of(), Format.TEXT).toString();
        assertTrue(call.contains("functionOid=4294967295"), call);
    }
}
