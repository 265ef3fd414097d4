package dev.pgwire.console.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.console.input.Conditions.Branch;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private final Conditions conditions = new Conditions();

    @Test
    void outsideOfAllBlocksLinesAreRun() {
        assertTrue(conditions.isActive());
        assertNull(conditions.branch());
    }

    @Test
    void innermostBlockDecides() {
        conditions.open(Branch.TAKEN, 0, 0);
        conditions.open(Branch.NOT_YET, 3, 1);

        assertFalse(conditions.isActive());
        assertEquals(3, conditions.length());
        conditions.close();
        assertTrue(conditions.isActive());
        assertEquals(0, conditions.length());
    }

    @Test
    void onlyATakenBranchIsRun() {
        conditions.open(Branch.TAKEN, 0, 0);
        for (Branch branch : Branch.values()) {
            conditions.branch(branch);
            assertEquals(branch == Branch.TAKEN || branch == Branch.ELSE_TAKEN, conditions.isActive(), branch.name());
        }
    }
}
