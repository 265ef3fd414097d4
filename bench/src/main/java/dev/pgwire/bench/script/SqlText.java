package dev.pgwire.bench.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a statement, with the variables in it. Immutable. */
public final class SqlText {
    private static final int MOST_VARIABLES = 255;

    private final String text;
    private final String[] pieces;
    private final int[] places;
    private final String parameterized;

    private SqlText(String text, String[] pieces, int[] places) {
        this.text = text;
        this.pieces = pieces;
        this.places = places;
        StringBuilder sql = new StringBuilder(pieces[0]);
        for (int i = 1; i < pieces.length; i++) {
            sql.append('$').append(i).append(pieces[i]);
        }
        this.parameterized = sql.toString();
    }

    /**
     * A statement whose variables are found wherever they stand, in literals too.
     *
     * @throws ScriptException if it has more than 255 of them
     */
    static SqlText of(String text, Names names) {
        List<String> pieces = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int from = 0;
        int at = 0;
        while ((at = text.indexOf(':', at)) >= 0) {
            int end = at + 1;
            if (end < text.length() && Names.isFirst(text.charAt(end))) {
                while (end < text.length() && Names.isPart(text.charAt(end))) {
                    end++;
                }
                pieces.add(text.substring(from, at));
                places.add(names.place(text.substring(at + 1, end)));
                from = end;
            } else {
                // A cast is written with two.
                while (end < text.length() && text.charAt(end) == ':') {
                    end++;
                }
            }
            at = end;
        }
        pieces.add(text.substring(from));
        if (places.size() > MOST_VARIABLES) {
            throw new ScriptException("a statement has " + places.size() + " variables, expected at most "
                    + MOST_VARIABLES + ": " + text);
        }
        return new SqlText(
                text,
                pieces.toArray(String[]::new),
                places.stream().mapToInt(Integer::intValue).toArray());
    }

    /** As it stands in the script. */
    public String text() {
        return text;
    }

    /** The statement with {@code $1}, {@code $2} and so on in the place of its variables. */
    public String parameterized() {
        return parameterized;
    }

    /** The values of the parameters, as text; null for a variable that is not set. */
    public @Nullable Object[] values(Variables variables) {
        @Nullable Object[] values = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = variables.text(places[i]);
        }
        return values;
    }

    /** The statement with the variables' texts put in; a variable that is not set stays as it stands there. */
    public String assembled(Variables variables, Names names) {
        if (places.length == 0) {
            return text;
        }
        StringBuilder sql = new StringBuilder(text.length() + 8 * places.length).append(pieces[0]);
        for (int i = 0; i < places.length; i++) {
            String value = variables.text(places[i]);
            if (value == null) {
                sql.append(':').append(names.name(places[i]));
            } else {
                sql.append(value);
            }
            sql.append(pieces[i + 1]);
        }
        return sql.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
