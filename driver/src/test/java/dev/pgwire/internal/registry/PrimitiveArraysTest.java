package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays of primitives hold what arrays of objects do. */
class PrimitiveArraysTest {
    private static final List<Class<?>> PRIMITIVES =
            List.of(long.class, int.class, short.class, double.class, float.class, boolean.class);

    private static FieldCodec<?> codec(int oid) {
        return Objects.requireNonNull(TypeRegistry.builtin().codec(oid));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "1000 {t,f,t}",
                "1005 {-32768,0,32767}",
                "1007 {-2147483648,7,2147483647}",
                "1016 {-9223372036854775808,7,9223372036854775807}",
                "1016 {1,2,3}",
                "1021 {-0,0.1,3.4028235e+38,1e-45,NaN,Infinity}",
                "1022 {-0,0.1,1.7976931348623157e+308,5e-324,NaN,-Infinity}",
                "1231 {0.1,-12345.678,NaN,123456789012345678901234567890}",
                "1028 {4294967295,0}",
                "1007 {}",
                "1007 {{1,2},{3,4}}",
                "1022 {{1.5},{2.5}}"
            })
    void eachHoldsWhatIsReadOneByOne(int oid, String text) {
        FieldCodec<?> codec = codec(oid);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        FieldBuffer written = new FieldBuffer();
        codec.encode(codec.decodeText(bytes, 0, bytes.length), written);
        int reads = 0;
        for (Class<?> primitive : PRIMITIVES) {
            Class<?> target = text.startsWith("{{") ? primitive.arrayType().arrayType() : primitive.arrayType();
            Class<?> boxes = box(primitive).arrayType();
            Class<?> boxed = text.startsWith("{{") ? boxes.arrayType() : boxes;
            Object expected;
            try {
                expected = codec.decodeAs(written.bytes(), 0, written.size(), Format.BINARY, boxed);
            } catch (DataException refused) {
                assertThrows(
                        DataException.class,
                        () -> codec.decodeAs(written.bytes(), 0, written.size(), Format.BINARY, target));
                continue;
            }
            Object binary = codec.decodeAs(written.bytes(), 0, written.size(), Format.BINARY, target);
            Object asText = codec.decodeAs(bytes, 0, bytes.length, Format.TEXT, target);
            assertEquals(show(expected), show(binary), primitive.getName());
            assertEquals(show(expected), show(asText), primitive.getName());
            reads++;
        }
        assertTrue(reads > 0);
    }

    private static Class<?> box(Class<?> primitive) {
        return Array.get(Array.newInstance(primitive, 1), 0).getClass();
    }

    private static String show(Object array) {
        return Arrays.deepToString(new Object[] {array});
    }

    @Test
    void nullAndWhatIsTooLargeAreRefusedWithTheirPlace() {
        byte[] withNull = "{1,NULL}".getBytes(StandardCharsets.UTF_8);
        byte[] large = "{1,70000}".getBytes(StandardCharsets.UTF_8);
        FieldCodec<?> ints = codec(1007);
        for (Class<?> target : List.of(long[].class, int[].class, short[].class)) {
            String message = assertThrows(
                            DataException.class, () -> ints.decodeAs(withNull, 0, withNull.length, Format.TEXT, target))
                    .getMessage();
            assertTrue(message.contains("its element 1 is NULL"), message);
        }
        String message = assertThrows(
                        DataException.class, () -> ints.decodeAs(large, 0, large.length, Format.TEXT, short[].class))
                .getMessage();
        assertTrue(message.contains("its element 1 is 70000, which short cannot hold"), message);
        assertArrayEquals(new int[] {1, 70000}, ints.decodeAs(large, 0, large.length, Format.TEXT, int[].class));
    }
}
