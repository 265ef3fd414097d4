package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.InterfaceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeRefTest {
    @Test
    void itSaysItsTypeAndIsEqualToAnotherOne() {
        TypeRef<?> type = new TypeRef<List<Integer>>() {};
        assertEquals("java.util.List<java.lang.Integer>", type.toString());
        assertEquals(new TypeRef<List<Integer>>() {}, type);
        assertEquals(new TypeRef<List<Integer>>() {}.hashCode(), type.hashCode());
        assertEquals(String.class, new TypeRef<String>() {}.type());
    }

    @Test
    void whatNoColumnCanBeIsRefusedWhereItIsMade() {
        InterfaceException refused =
                assertThrows(InterfaceException.class, () -> new TypeRef<List<Optional<Integer>>>() {});
        assertEquals(
                "TypeRef<java.util.List<java.util.Optional<java.lang.Integer>>> has"
                        + " java.util.Optional<java.lang.Integer>, expected a class, or a List, Collection, PgArray,"
                        + " Range or Multirange of one, or Map<String, String>",
                refused.getMessage());
        assertThrows(InterfaceException.class, () -> new TypeRef<Map<String, Integer>>() {});
        assertThrows(InterfaceException.class, () -> new TypeRef<List<String>[]>() {});
        assertThrows(InterfaceException.class, TypeRefTest::<Integer>ofVariable);
        assertThrows(InterfaceException.class, TypeRefTest::raw);
    }

    private static <T> void ofVariable() {
        new TypeRef<List<T>>() {};
    }

    @SuppressWarnings("rawtypes") // What is refused.
    private static void raw() {
        new TypeRef() {};
    }
}
