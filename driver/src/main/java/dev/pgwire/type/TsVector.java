package dev.pgwire.type;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a document, prepared for text search, as a tsvector has them. Immutable. Source: PostgreSQL manual, 8.11.1 tsvector.
 *
 * @param lexemes the words in the server's order, each of them once
 */
public record TsVector(List<Lexeme> lexemes) {
    /**
     * A vector; the lexemes are put in order, and those of the same text become one with the positions of all.
     *
     * @throws IllegalArgumentException if that one has more than 256 positions
     */
    public TsVector {
        lexemes = inOrder(List.copyOf(lexemes));
    }

    /**
     * A vector of some words.
     *
     * @param lexemes the words, in any order
     * @return for example "'cat':3 'fat':2,11A"
     * @throws IllegalArgumentException if a lexeme that is there several times has more than 256 positions
     */
    public static TsVector of(Lexeme... lexemes) {
        return new TsVector(List.of(lexemes));
    }

    private static List<Lexeme> inOrder(List<Lexeme> given) {
        if (isInOrder(given)) {
            return given;
        }
        List<Lexeme> sorted = new ArrayList<>(given);
        sorted.sort((one, other) -> TsText.compare(one.text, other.text));
        List<Lexeme> merged = new ArrayList<>(sorted.size());
        for (int from = 0, to; from < sorted.size(); from = to) {
            Lexeme first = sorted.get(from);
            List<Position> positions = new ArrayList<>(first.positions);
            for (to = from + 1; to < sorted.size() && sorted.get(to).text.equals(first.text); to++) {
                positions.addAll(sorted.get(to).positions);
            }
            merged.add(to == from + 1 ? first : new Lexeme(first.text, positions));
        }
        return List.copyOf(merged);
    }

    private static boolean isInOrder(List<Lexeme> lexemes) {
        for (int i = 1; i < lexemes.size(); i++) {
            if (TsText.compare(lexemes.get(i - 1).text, lexemes.get(i).text) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The vector as the server writes it.
     *
     * @return for example "'cat':3 'fat':2,11A"
     */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Lexeme lexeme : lexemes) {
            lexeme.append(out.isEmpty() ? out : out.append(' '));
        }
        return out.toString();
    }

    /**
     * A word and where it stands. Immutable.
     *
     * @param text the word, at most 2047 bytes in UTF-8
     * @param positions where it stands, ascending; empty when that is not known
     */
    public record Lexeme(String text, List<Position> positions) {
        private static final int MAX_POSITIONS = 256;

        /**
         * A word; the positions are put in order, and of several with the same number that of the highest weight stays.
         *
         * @throws IllegalArgumentException if the text is empty or too long, or if there are more than 256 positions
         */
        public Lexeme {
            TsText.check(text);
            positions = inOrder(List.copyOf(positions));
            if (positions.size() > MAX_POSITIONS) {
                throw new IllegalArgumentException(
                        "a lexeme with " + positions.size() + " positions, expected at most " + MAX_POSITIONS);
            }
        }

        /**
         * A word at some places.
         *
         * @param text the word
         * @param positions where it stands, in any order; none when that is not known
         * @return for example "'fat':2,11A"
         * @throws IllegalArgumentException if the text is empty or too long, or if there are more than 256 positions
         */
        public static Lexeme of(String text, Position... positions) {
            return new Lexeme(text, List.of(positions));
        }

        private static List<Position> inOrder(List<Position> given) {
            boolean isInOrder = true;
            for (int i = 1; i < given.size(); i++) {
                isInOrder &= given.get(i - 1).number < given.get(i).number;
            }
            if (isInOrder) {
                return given;
            }
            List<Position> sorted = new ArrayList<>(given);
            sorted.sort(null);
            List<Position> merged = new ArrayList<>(sorted.size());
            for (int i = 0; i < sorted.size(); i++) {
                // Of one number the highest weight comes last.
                if (i + 1 == sorted.size() || sorted.get(i).number != sorted.get(i + 1).number) {
                    merged.add(sorted.get(i));
                }
            }
            return List.copyOf(merged);
        }

        private void append(StringBuilder out) {
            TsText.append(out, text);
            char before = ':';
            for (Position position : positions) {
                out.append(before).append(position);
                before = ',';
            }
        }

        /**
         * The word as the server writes it.
         *
         * @return for example "'fat':2,11A"
         */
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            append(out);
            return out.toString();
        }
    }

    /**
     * A place in a document.
     *
     * @param number the number of the word, from 1 to 16383, which also stands for all behind it
     * @param weight how much it counts
     */
    public record Position(int number, TsWeight weight) implements Comparable<Position> {
        private static final int MAX = 16383;

        /**
         * A place.
         *
         * @throws IllegalArgumentException if the number is not from 1 to 16383
         */
        public Position {
            if (number < 1 || number > MAX) {
                throw new IllegalArgumentException("position " + number + ", expected 1 to " + MAX);
            }
        }

        /**
         * A place of weight D.
         *
         * @param number the number of the word
         * @throws IllegalArgumentException if the number is not from 1 to 16383
         */
        public Position(int number) {
            this(number, TsWeight.D);
        }

        @Override
        public int compareTo(Position other) {
            int order = Integer.compare(number, other.number);
            return order != 0 ? order : weight.compareTo(other.weight);
        }

        /**
         * The place as the server writes it.
         *
         * @return for example "11A", and "2" for weight D
         */
        @Override
        public String toString() {
            return weight == TsWeight.D ? Integer.toString(number) : number + weight.name();
        }
    }
}
