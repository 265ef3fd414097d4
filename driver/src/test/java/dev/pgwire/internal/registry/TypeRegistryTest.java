package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.PgType;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeRegistryTest {
    private final TypeRegistry registry = TypeRegistry.builtin();

    @Test
    void everyCodecIsFoundUnderTheOidOfItsType() {
        Set<FieldCodec<?>> sampled =
                Samples.builtin().map(Samples.Sample::codec).collect(Collectors.toSet());
        Set<FieldCodec<?>> found = new HashSet<>();
        for (int oid = 0; oid < 10_000; oid++) {
            FieldCodec<?> codec = registry.codec(oid);
            PgType type = BuiltinTypes.of(oid);
            if (codec != null) {
                found.add(codec);
                assertNotNull(type, codec.name());
                assertEquals(type.displayName(), codec.name());
                assertEquals(oid, type.oid());
                assertSame(codec, registry.codec(oid));
            }
        }
        assertEquals(sampled, found);
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
        for (int oid : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 194, 3803, 1034}) {
            assertNull(registry.codec(oid));
        }
        assertNotNull(registry.codec(3802));
    }
}
