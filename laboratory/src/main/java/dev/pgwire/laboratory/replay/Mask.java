package dev.pgwire.laboratory.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What is not compared, since it differs each time. A mask replaces words of a message, on both sides of the comparison; what is
 * sent is never masked.
 */
@FunctionalInterface
public interface Mask {
    /** What stands in place of what is not compared. */
    String HIDDEN = "*";

    /**
     * Hides what differs.
     *
     * @param said the message
     * @param columns if it is a DataRow, its columns, as far as a RowDescription has told them; else empty
     * @param words its fields, of which {@code words.set(i, Mask.HIDDEN)} hides one
     */
    void hide(Said said, List<ResultColumn> columns, List<String> words);

    /** All of the messages of this name, whatever they have. */
    static Mask message(String name) {
        return (said, columns, words) -> {
            if (said.is(name)) {
                words.clear();
                words.add(HIDDEN);
            }
        };
    }

    /** The value of a parameter that the server reports. */
    static Mask parameter(String name) {
        return (said, columns, words) -> {
            if (said.is("ParameterStatus") && words.size() == 2 && words.get(0).equals('"' + name + '"')) {
                words.set(1, HIDDEN);
            }
        };
    }

    /** The values of all columns of this name. */
    static Mask column(String name) {
        return columns(column -> column.name().equals(name));
    }

    /** The values of all columns of types with these oids. */
    static Mask type(Integer... oids) {
        Set<Integer> all = Set.copyOf(Arrays.asList(oids));
        return columns(column -> all.contains(column.typeOid()));
    }

    /** Dates and times: the values of columns of the types date, time, timestamp, timestamptz and timetz. */
    static Mask times() {
        return type(1082, 1083, 1114, 1184, 1266);
    }

    /** Places in the log: the values of columns of the type pg_lsn. */
    static Mask lsns() {
        return type(3220);
    }

    private static Mask columns(Predicate<ResultColumn> hidden) {
        return (said, columns, words) -> {
            // The first word opens the list.
            for (int i = 0; i < columns.size() && i + 1 < words.size() - 1; i++) {
                if (hidden.test(columns.get(i))) {
                    words.set(i + 1, HIDDEN);
                }
            }
        };
    }

    /** What this matches in any word of any message. */
    static Mask matching(Pattern pattern) {
        return (said, columns, words) ->
                words.replaceAll(word -> pattern.matcher(word).replaceAll(HIDDEN));
    }

    /** What this regular expression matches in any word of any message. */
    static Mask matching(String regex) {
        return matching(Pattern.compile(regex));
    }

    /**
     * What always differs, and is hidden by every replay: oids of tables, types and other objects that a user has made, in descriptions and
     * as values of columns of oids; the process that a
     * notification comes from; the place in the server's source that an error comes from; the number of the
     * schema of temporary tables; the server's version.
     */
    static List<Mask> usual() {
        List<Mask> usual = new ArrayList<>();
        usual.add(parameter("server_version"));
        usual.add(UsualMasks::oids);
        usual.add(UsualMasks::process);
        usual.add(UsualMasks::place);
        usual.add(UsualMasks::temporary);
        return usual;
    }
}
