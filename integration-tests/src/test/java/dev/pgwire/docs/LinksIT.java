package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The links of the documentation lead somewhere. */
class LinksIT {
    private static final Pattern LINK =
            Pattern.compile("\\]\\(\\s*([^)\\s]+)|^\\s*\\[[^\\]]+]:\\s*(\\S+)|src=\"([^\"]+)\"");

    @Test
    void everyRelativeLinkOfEveryPageLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            List<String> prose = prose(page.lines());
            for (int i = 0; i < prose.size(); i++) {
                Matcher link = LINK.matcher(prose.get(i));
                while (link.find()) {
                    String target = link.group(1) != null
                            ? link.group(1)
                            : link.group(2) != null ? link.group(2) : link.group(3);
                    links++;
                    if (!leadsSomewhere(page, target)) {
                        dead.add(page + ":" + (i + 1) + ": " + target);
                    }
                }
            }
        }
        assertEquals(List.of(), dead);
        assertEquals(true, links > 10, "links were looked at");
    }

    @Test
    void aDeadLinkIsFound() throws IOException {
        Page page = new Page(Path.of("docs", "page.md"), List.of("# One thing, or `two`", "## One thing, or `two`"));
        assertEquals(true, leadsSomewhere(page, "../README.md"));
        assertEquals(true, leadsSomewhere(page, "https://www.postgresql.org/"));
        assertEquals(true, leadsSomewhere(page, "#one-thing-or-two"));
        assertEquals(true, leadsSomewhere(page, "#one-thing-or-two-1"));
        assertEquals(false, leadsSomewhere(page, "README.md"));
        assertEquals(false, leadsSomewhere(page, "#one-thing-or-two-2"));
        assertEquals(false, leadsSomewhere(page, "../README.md#no-such-heading"));
    }

    private static boolean leadsSomewhere(Page page, String target) throws IOException {
        if (target.matches("[a-z]+:.*")) {
            return true;
        }
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path path = page.resolve(file);
        if (!file.isEmpty() && !Files.exists(path)) {
            return false;
        }
        return hash < 0
                || anchors(file.isEmpty() ? page.lines() : Files.readAllLines(path))
                        .contains(target.substring(hash + 1));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(List<String> lines) {
        List<String> anchors = new ArrayList<>();
        for (String line : prose(lines)) {
            if (line.matches("#{1,6} .*")) {
                String anchor = line.replaceFirst("#+ +", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-');
                long same = anchors.stream()
                        .filter(other -> other.matches(Pattern.quote(anchor) + "(-\\d+)?"))
                        .count();
                anchors.add(same == 0 ? anchor : anchor + "-" + same);
            }
        }
        return anchors;
    }

    /** The lines with those of code blocks left empty. */
    private static List<String> prose(List<String> lines) {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            prose.add(code || fence ? "" : line);
            code ^= fence;
        }
        return prose;
    }
}
