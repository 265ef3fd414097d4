package dev.pgwire.laboratory.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server has an answer to: the statements of its program, in their order, and then those that concern a session only. */
final class Book {
    /** Finds a statement, or null. */
    private interface Entry {
        @Nullable
        Known find(String sql);
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private @Nullable Handler otherwise;

    void add(String sql, @Nullable List<Column> columns, Handler handler) {
        Template template = new Template(sql);
        shown.add(sql);
        entries.add(given -> {
            if (template.is(given)) {
                return new Known(given, template.types(), List.of(), columns, handler);
            }
            List<@Nullable Object> literals = template.literals(given);
            return literals == null ? null : new Known(given, List.of(), literals, columns, handler);
        });
    }

    void add(Pattern pattern, Handler handler) {
        shown.add(pattern.pattern());
        entries.add(given -> {
            Matcher matcher = pattern.matcher(Template.trimmed(given));
            if (!matcher.matches()) {
                return null;
            }
            List<@Nullable Object> groups = new ArrayList<>();
            for (int i = 1; i <= matcher.groupCount(); i++) {
                groups.add(matcher.group(i));
            }
            return new Known(given, Template.typesIn(given), groups, null, handler);
        });
    }

    void otherwise(Handler handler) {
        otherwise = handler;
    }

    Known find(String sql) {
        for (Entry entry : entries) {
            Known known = entry.find(sql);
            if (known != null) {
                return known;
            }
        }
        Handler own = SessionStatements.handler(sql);
        if (own == null) {
            own = otherwise;
        }
        if (own == null) {
            throw Refusal.error("42601", "this server has no answer to \"" + sql + "\", expected one of " + shown);
        }
        return new Known(sql, Template.typesIn(sql), List.of(), null, own);
    }
}
