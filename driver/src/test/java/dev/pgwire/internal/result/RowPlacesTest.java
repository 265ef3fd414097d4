package dev.pgwire.internal.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class RowPlacesTest {
    private final RowPlaces places = new RowPlaces();

    @Test
    void theNextStatementIsTheOneThatFails() {
        places.expect(3, 1, true);
        assertEquals("row 0 of insertMany", places.next());
        places.executed();
        places.executed();
        assertEquals("row 2 of insertMany", places.next());
        places.executed();
        assertNull(places.next(), "then it is the commit");
    }

    @Test
    void rowsThatGoTogetherAreNamedTogether() {
        places.expect(1, 4_000, true);
        places.expect(2, 1, true);
        places.expect(1, 10, true);
        assertEquals("one of the rows 0 to 3999 of insertMany", places.next());
        places.executed();
        assertEquals("row 4000 of insertMany", places.next());
        places.executed();
        places.executed();
        assertEquals("one of the rows 4002 to 4011 of insertMany", places.next());
    }

    @Test
    void rowsOfTheCopyInFrontCount() {
        places.skip(10_000);
        assertNull(places.next());
        places.expect(5, 1, true);
        places.executed();
        assertEquals("row 10001 of insertMany", places.next());
    }

    @Test
    void whatCannotBeParsedIsNoRow() {
        places.expect(2, 1, false);
        places.expect(1, 7, false);
        assertNull(places.next());
        places.parsed();
        assertEquals("row 0 of insertMany", places.next());
        places.executed();
        places.executed();
        assertNull(places.next());
        places.parsed();
        assertEquals("one of the rows 2 to 8 of insertMany", places.next());
    }

    @Test
    void aServerThatExecutesMoreThanWasSentDoesNoHarm() {
        places.executed();
        places.parsed();
        assertNull(places.next());
    }
}
