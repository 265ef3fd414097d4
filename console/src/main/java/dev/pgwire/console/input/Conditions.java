package dev.pgwire.console.input;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The {@code \if} blocks that are open, the innermost first, and what stood in the statement where their branch began. */
public final class Conditions {
    private final Deque<Block> blocks = new ArrayDeque<>();

    /** Whether lines are to be run. */
    public boolean isActive() {
        Block innermost = blocks.peek();
        return innermost == null || innermost.branch.isTaken;
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The branch that is read; null outside of all blocks. */
    public @Nullable Branch branch() {
        Block innermost = blocks.peek();
        return innermost == null ? null : innermost.branch;
    }

    public void open(Branch branch, int length, int parentheses) {
        Block block = new Block(branch);
        blocks.push(block);
        remember(length, parentheses);
    }

    public void branch(Branch branch) {
        innermost().branch = branch;
    }

    /** What the statement and its parentheses are reset to when the branch that follows is not taken. */
    public void remember(int length, int parentheses) {
        innermost().length = length;
        innermost().parentheses = parentheses;
    }

    public int length() {
        return innermost().length;
    }

    public int parentheses() {
        return innermost().parentheses;
    }

    public void close() {
        blocks.pop();
    }

    private Block innermost() {
        return blocks.element();
    }

    /** Where in a block the reader is. */
    public enum Branch {
        /** The branch that is run. */
        TAKEN(true),
        /** Not run, and a later one of the block may be. */
        NOT_YET(false),
        /** Not run, and none that follows will be. */
        IGNORED(false),
        ELSE_TAKEN(true),
        ELSE_IGNORED(false);

        private final boolean isTaken;

        Branch(boolean isTaken) {
            this.isTaken = isTaken;
        }

        public boolean isElse() {
            return this == ELSE_TAKEN || this == ELSE_IGNORED;
        }
    }

    private static final class Block {
        private Branch branch;
        private int length;
        private int parentheses;

        Block(Branch branch) {
            this.branch = branch;
        }
    }
}
