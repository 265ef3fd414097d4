package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.type.TsVector.Lexeme;
import dev.pgwire.type.TsVector.Position;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TsVectorTest {
    @Test
    void lexemesAndPositionsArePutInTheOrderOfTheServer() {
        TsVector vector = TsVector.of(
                Lexeme.of("\uD83D\uDE00"),
                Lexeme.of("\uE000"),
                Lexeme.of("b", new Position(3)),
                Lexeme.of("aa"),
                Lexeme.of("b", new Position(2, TsWeight.B), new Position(1), new Position(2, TsWeight.C)),
                Lexeme.of("a"));
        assertEquals("'a' 'aa' 'b':1,2B,3 '\uE000' '\uD83D\uDE00'", vector.toString());
        assertEquals(vector, new TsVector(vector.lexemes()));
    }

    @Test
    void whatTheServerRefusesOrCutsIsNoVector() {
        assertThrows(IllegalArgumentException.class, () -> Lexeme.of(""));
        assertThrows(IllegalArgumentException.class, () -> Lexeme.of("a".repeat(2048)));
        assertThrows(IllegalArgumentException.class, () -> new Position(0));
        assertThrows(IllegalArgumentException.class, () -> new Position(16384));
        List<Position> positions =
                IntStream.rangeClosed(1, 257).mapToObj(Position::new).toList();
        assertThrows(IllegalArgumentException.class, () -> new Lexeme("a", positions));
        Lexeme full = new Lexeme("a", positions.subList(0, 256));
        assertEquals(256, TsVector.of(full, full).lexemes().get(0).positions().size());
        assertThrows(IllegalArgumentException.class, () -> TsVector.of(full, Lexeme.of("a", new Position(300))));
    }
}
