package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.dialogue.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of the messages of one connection what is compared: behind the masks, with names of statements and portals by the order in
 * which they appear, data of a COPY in one piece, and in rows that do not depend on each other. What begins a session is not compared: authentication differs
 * by nature, and servers report different parameters.
 */
final class Comparing {
    /** Shorter names are those of a program rather than of a driver, and may stand in any text. */
    private static final int LEAST_REPLACED = 6;

    /** A message, as it is compared. */
    record Compared(int number, Said said, String text) {}

    /** Messages that come in their order, apart from those that may come at any time. */
    enum Row {
        CLIENT,
        ANSWERS,
        NOTICES,
        NOTIFICATIONS,
        PARAMETERS;

        static Row of(Said said) {
            if (said.side() == Side.FRONTEND) {
                return CLIENT;
            }
            return switch (said.name()) {
                case "NoticeResponse" -> NOTICES;
                case "NotificationResponse" -> NOTIFICATIONS;
                case "ParameterStatus" -> PARAMETERS;
                default -> ANSWERS;
            };
        }
    }

    private final List<Mask> masks;
    private final Columns columns = new Columns();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<Row, List<Compared>> rows = new EnumMap<>(Row.class);
    /** Data that the client has sent last, whose pieces are of no meaning. */
    private final List<Said> copied = new ArrayList<>();

    private int copiedFrom;
    private boolean isStarted;
    private int number;

    Comparing(List<Mask> masks) {
        this.masks = masks;
    }

    /** All messages of a connection. */
    static Comparing all(List<Said> messages, List<Mask> masks) {
        Comparing comparing = new Comparing(masks);
        messages.forEach(comparing::add);
        return comparing;
    }

    /** Takes the next message of the connection. */
    void add(Said said) {
        number++;
        List<ResultColumn> described = columns.take(said);
        if (!isStarted) {
            isStarted = said.side() == Side.BACKEND && said.is("ReadyForQuery");
            return;
        }
        Row row = Row.of(said);
        if (row == Row.CLIENT && said.is("CopyData")) {
            copiedFrom = copied.isEmpty() ? number : copiedFrom;
            copied.add(said);
            return;
        }
        row(row).add(new Compared(number, said, text(said, described)));
    }

    List<Compared> row(Row row) {
        if (row == Row.CLIENT && !copied.isEmpty()) {
            Said said = Said.joined(copied);
            copied.clear();
            row(row).add(new Compared(copiedFrom, said, text(said, List.of())));
        }
        return rows.computeIfAbsent(row, made -> new ArrayList<>());
    }

    private String text(Said said, List<ResultColumn> described) {
        List<String> words = new ArrayList<>(said.words());
        switch (said.name()) {
            case "Parse", "Execute" -> rename(words, 0, 0);
            case "Bind" -> {
                rename(words, 0, 0);
                rename(words, 1, 0);
            }
            case "Describe", "Close" -> rename(words, 0, 1);
            case "ErrorResponse", "NoticeResponse" -> words.replaceAll(this::renamed);
            default -> {
                // Has no names.
            }
        }
        for (Mask mask : masks) {
            mask.hide(said, described, words);
        }
        return words.isEmpty() ? said.name() : said.name() + " " + String.join(" ", words);
    }

    private void rename(List<String> words, int index, int skipped) {
        String word = words.size() > index ? words.get(index) : "";
        String name = word.substring(Math.min(skipped, word.length()));
        if (name.length() >= LEAST_REPLACED + 2 && name.charAt(0) == '"') {
            String known =
                    names.computeIfAbsent(name.substring(1, name.length() - 1), n -> "name " + (names.size() + 1));
            words.set(index, word.substring(0, skipped) + '"' + known + '"');
        }
    }

    private String renamed(String word) {
        String text = word;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }
}
