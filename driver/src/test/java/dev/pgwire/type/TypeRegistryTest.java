package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeRegistryTest {
    private final TypeRegistry registry = TypeRegistry.builtin();

    @Test
    void everyCodecIsFoundUnderItsOidAndName() {
        List<Samples.Sample<?>> samples = Samples.all().toList();
        assertEquals(22, samples.size());
        for (Samples.Sample<?> sample : samples) {
            assertSame(sample.codec(), registry.codec(sample.codec().oid()));
            String name = sample.codec().typeName();
            assertEquals(name, registry.typeName(sample.codec().oid()));
            assertEquals(name, BuiltinTypes.name(sample.codec().oid()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "869, inet",
        "1041, inet[]",
        "1007, int4[]",
        "1009, text[]",
        "1186, interval",
        "600, point",
        "2249, record",
        "2278, void",
        "3904, int4range",
        "6150, int4multirange[]",
        "5069, xid8",
        "271, xid8[]",
        "790, money",
        "142, xml",
        "2205, regclass",
        "4072, jsonpath",
        "22, int2vector",
        "1263, cstring[]"
    })
    void everyBuiltinTypeHasAName(int oid, String name) {
        assertEquals(name, registry.typeName(oid));
    }

    @Test
    void whatTheServerMadeLaterHasANumber() {
        assertEquals("oid 123456", registry.typeName(123456));
        assertEquals("oid 4294967295", registry.typeName(-1));
        assertEquals("oid 0", registry.typeName(0));
    }

    @Test
    void anOidWithoutACodecHasNone() {
        for (int oid : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 869, 3803, 1007}) {
            assertNull(registry.codec(oid));
        }
        assertNotNull(registry.codec(3802));
    }
}
