package dev.pgwire.laboratory.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which oid of the live server stands for which recorded one. What users make has other oids on each server; where both servers have
 * told of the same, the one that stands in the same place is the same object. What the recorded client sends has the live ones then.
 */
final class Oids {
    /** A number, or a list of them, that the text itself says to be oids. */
    private static final Pattern CAST = Pattern.compile(
            "(?:'\\{?[0-9, ]+\\}?'|\\b[0-9]+)\\s*::\\s*(?:pg_catalog\\.)?"
                    + "(?:oid|regclass|regtype|regproc|regprocedure|regoper|regoperator|regrole|regnamespace)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /**
     * The place of what a server has told: which of those in a connection, counted anew from each ReadyForQuery on, so that one that fails
     * now moves only those up to the next.
     */
    private record Place(int connection, int segment, int number) {}

    /** What a server has told, without the oids, and those. */
    private record Told(String without, List<Integer> oids) {}

    private final Map<Integer, Integer> live = new HashMap<>();
    private final Map<Integer, Telling> recorded = new HashMap<>();
    private final Map<Integer, Telling> now = new HashMap<>();
    private final Map<Place, Told> recordedTold = new HashMap<>();
    private final Map<Place, Told> liveTold = new HashMap<>();

    /** Takes the next message of the recording. */
    void recorded(Said said) {
        Telling telling = recorded.computeIfAbsent(said.connection(), connection -> new Telling());
        Told told = telling.take(said);
        if (told != null) {
            recordedTold.put(telling.place(said), told);
            pair(telling.place(said));
        }
    }

    /** Takes the next message of the replay. */
    void live(Said said) {
        Telling telling = now.computeIfAbsent(said.connection(), connection -> new Telling());
        Told told = telling.take(said);
        if (told != null) {
            liveTold.put(telling.place(said), told);
            pair(telling.place(said));
        }
    }

    private void pair(Place place) {
        Told one = recordedTold.get(place);
        Told other = liveTold.get(place);
        if (one == null || other == null) {
            return;
        }
        recordedTold.remove(place);
        liveTold.remove(place);
        if (one.without.equals(other.without)) {
            for (int i = 0; i < one.oids.size(); i++) {
                live.put(one.oids.get(i), other.oids.get(i));
            }
        }
    }

    /** What the client says to the live server for a message of the recording that is to be {@linkplain #recorded taken} next. */
    Said translated(Said said) {
        List<String> words = new ArrayList<>(said.words());
        switch (said.name()) {
            case "Query" -> translateText(words, 0);
            case "Parse" -> {
                translateText(words, 1);
                OidWords.places(said, List.of()).forEach(place -> translate(words, place));
            }
            case "Bind" -> translateValues(said, words);
            default -> {
                // Has none that can be told from other numbers.
            }
        }
        return words.equals(said.words()) ? said : said.withWords(words);
    }

    private void translate(List<String> words, int index) {
        Integer then = OidWords.read(words.get(index));
        Integer now = then == null ? null : live.get(then);
        if (now != null) {
            words.set(index, OidWords.write(now, words.get(index)));
        }
    }

    private void translateText(List<String> words, int index) {
        if (words.size() > index) {
            words.set(index, CAST.matcher(words.get(index)).replaceAll(cast -> NUMBER.matcher(cast.group())
                    .replaceAll(number -> translated(number.group()))));
        }
    }

    private String translated(String number) {
        Integer then = OidWords.read("'" + number + "'");
        return then == null ? number : Integer.toUnsignedString(live.getOrDefault(then, then));
    }

    private void translateValues(Said bind, List<String> words) {
        Telling telling = recorded.get(bind.connection());
        int[] types = telling == null || words.size() < 2 ? null : telling.parameters.get(words.get(1));
        int first = values(words);
        for (int i = 0; types != null && i < types.length && first + i < words.size(); i++) {
            if (OidWords.isType(types[i])) {
                translate(words, first + i);
            }
        }
    }

    /** Where the values of a Bind begin, behind the list of their formats. */
    private static int values(List<String> words) {
        int formats = words.indexOf("]");
        return formats < 0 ? words.size() : formats + 2;
    }

    /** One side of one connection: the recorded one, or that of the replay. */
    private static final class Telling {
        /** Stands for what the server answers with ReadyForQuery; no statement has this name. */
        private static final String END = "end of a segment";

        private final Columns columns = new Columns();
        /** The types of the parameters of each statement, by the word of its name. */
        private final Map<String, int[]> parameters = new HashMap<>();
        /** The statements whose descriptions are asked for, and the ends of segments. */
        private final Deque<String> asked = new ArrayDeque<>();

        private int segment;
        private int number;

        Place place(Said said) {
            return new Place(said.connection(), segment, number);
        }

        /** What the server tells of oids with this message; null if it does not. */
        @Nullable
        Told take(Said said) {
            List<ResultColumn> described = columns.take(said);
            List<String> words = said.words();
            switch (said.name()) {
                case "Parse" -> parameters.put(words.get(0), numbers(words));
                case "Describe" -> {
                    if (words.get(0).startsWith("S")) {
                        asked.add(words.get(0).substring(1));
                    }
                }
                case "Sync", "Query", "FunctionCall" -> asked.add(END);
                case "ParameterDescription" -> {
                    String name = asked.poll();
                    while (name != null && name.equals(END)) {
                        // A Sync that a COPY has ignored.
                        name = asked.poll();
                    }
                    if (name != null) {
                        parameters.put(name, numbers(words));
                    }
                    return told(said, List.of());
                }
                case "RowDescription", "DataRow" -> {
                    return told(said, described);
                }
                case "ReadyForQuery" -> {
                    segment++;
                    number = 0;
                    String name = asked.poll();
                    while (name != null && !name.equals(END)) {
                        // Behind an error the others are not described.
                        name = asked.poll();
                    }
                }
                default -> {
                    // Tells of none.
                }
            }
            return null;
        }

        private static int[] numbers(List<String> words) {
            return words.subList(Math.max(0, words.indexOf("[")), words.size()).stream()
                    .filter(word -> word.matches("-?[0-9]+"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        }

        private @Nullable Told told(Said said, List<ResultColumn> described) {
            String[] without = said.words().toArray(new String[0]);
            List<Integer> oids = new ArrayList<>();
            for (int place : OidWords.places(said, described)) {
                Integer oid = OidWords.read(without[place]);
                if (oid != null) {
                    oids.add(oid);
                    without[place] = Mask.HIDDEN;
                }
            }
            if (oids.isEmpty()) {
                return null;
            }
            number++;
            return new Told(said.name() + Arrays.toString(without), oids);
        }
    }
}
