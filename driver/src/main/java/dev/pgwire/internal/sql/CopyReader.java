package dev.pgwire.internal.sql;

import dev.pgwire.internal.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a COPY as the server does, as far as its data is concerned. Source: PostgreSQL manual, COPY; the options without
 * parentheses are those of versions before 9.0. What is wrong in the text is left to the server to tell.
 */
final class CopyReader {
    private static final Set<String> STANDARD = Set.of("STDIN", "STDOUT");
    private static final Set<String> FALSE = Set.of("FALSE", "OFF", "0");

    private record Piece(Token token, String text, int start, int end) {
        boolean is(String expected) {
            return text.equalsIgnoreCase(expected) && token != Token.LITERAL;
        }
    }

    private final String sql;
    private final SqlShape shape;
    private final boolean backslashEscapes;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;

    private CopyForm.Format format = CopyForm.Format.TEXT;
    private @Nullable String delimiter;
    private @Nullable String nullText;
    private @Nullable String defaultText;
    private @Nullable String quote;
    private @Nullable String escape;
    private @Nullable String encoding;
    private boolean header;

    CopyReader(String sql, SqlShape shape, boolean backslashEscapes) {
        this.sql = sql;
        this.shape = shape;
        this.backslashEscapes = backslashEscapes;
        SqlScanner scanner = new SqlScanner(sql, backslashEscapes);
        for (Token token = scanner.next(); token != Token.END && token != Token.SEMICOLON; token = scanner.next()) {
            pieces.add(new Piece(token, sql.substring(scanner.start(), scanner.end()), scanner.start(), scanner.end()));
        }
    }

    /** The statement; null if its rows do not pass through the client. */
    @Nullable
    CopyStatement read() {
        take("COPY");
        if (take("BINARY")) {
            format = CopyForm.Format.BINARY;
        }
        boolean isQuery = peek("(");
        String source = isQuery ? inside() : name();
        List<String> columns = peek("(") ? list() : List.of();
        boolean in = take("FROM");
        if (!(in || take("TO")) || at == pieces.size() || !STANDARD.contains(upper(at))) {
            return null;
        }
        at++;
        options();
        boolean csv = format == CopyForm.Format.CSV;
        String quoted = quote == null ? "\"" : quote;
        CopyForm form = new CopyForm(
                format,
                first(delimiter, csv ? ',' : '\t'),
                nullText != null ? nullText : csv ? "" : "\\N",
                defaultText,
                first(quoted, '"'),
                first(escape, first(quoted, '"')),
                header,
                encoding);
        return new CopyStatement(
                sql,
                shape,
                in ? CopyStatement.Direction.FROM_STDIN : CopyStatement.Direction.TO_STDOUT,
                source,
                isQuery,
                columns,
                form);
    }

    private static char first(@Nullable String text, char otherwise) {
        return text == null || text.isEmpty() ? otherwise : text.charAt(0);
    }

    private boolean peek(String expected) {
        return at < pieces.size() && pieces.get(at).is(expected);
    }

    private boolean take(String expected) {
        boolean found = peek(expected);
        at += found ? 1 : 0;
        return found;
    }

    private String upper(int index) {
        return pieces.get(index).text().toUpperCase(Locale.ROOT);
    }

    /** A name, with what stands before it by a dot. */
    private String name() {
        int from = at;
        take("ONLY");
        at++;
        while (take(".")) {
            at++;
        }
        at = Math.min(at, pieces.size());
        return from >= at
                ? ""
                : sql.substring(pieces.get(from).start(), pieces.get(at - 1).end());
    }

    /** What stands between two parentheses. */
    private String inside() {
        int opening = at;
        close();
        return at - 1 <= opening
                ? ""
                : sql.substring(pieces.get(opening).end(), pieces.get(at - 1).start());
    }

    /** Goes behind the parenthesis that closes the one that stands here. */
    private void close() {
        int depth = 0;
        do {
            depth += peek("(") ? 1 : peek(")") ? -1 : 0;
            at++;
        } while (depth > 0 && at < pieces.size());
    }

    /** Names between two parentheses. */
    private List<String> list() {
        List<String> names = new ArrayList<>();
        int from = at + 1;
        close();
        for (int i = from; i < at - 1; i++) {
            if (!pieces.get(i).is(",")) {
                names.add(pieces.get(i).text());
            }
        }
        return List.copyOf(names);
    }

    private void options() {
        take("WITH");
        if (take("(")) {
            while (at < pieces.size() && !peek(")")) {
                option(upper(at++), false);
                while (at < pieces.size() && !peek(",") && !peek(")")) {
                    if (peek("(")) {
                        close();
                    } else {
                        at++;
                    }
                }
                take(",");
            }
            return;
        }
        take("USING");
        while (at < pieces.size() && !peek("WHERE")) {
            option(upper(at++), true);
        }
    }

    /** One option, whose name was taken; its value is taken if it is of interest. */
    private void option(String name, boolean old) {
        switch (name) {
            case "FORMAT" -> format = format(value());
            case "BINARY" -> format = old ? CopyForm.Format.BINARY : format;
            case "CSV" -> format = old ? CopyForm.Format.CSV : format;
            case "DELIMITER", "DELIMITERS" -> delimiter = value();
            case "NULL" -> nullText = value();
            case "DEFAULT" -> defaultText = value();
            case "QUOTE" -> quote = value();
            case "ESCAPE" -> escape = value();
            case "ENCODING" -> encoding = value();
            case "HEADER" ->
                header = old || peek(",") || peek(")") || !FALSE.contains(value().toUpperCase(Locale.ROOT));
            case "FORCE" -> forcedColumns();
            default -> {}
        }
    }

    /** FORCE QUOTE, FORCE NOT NULL and FORCE NULL name columns, which may be called as options are. */
    private void forcedColumns() {
        take("NOT");
        do {
            at += 2;
        } while (peek(","));
    }

    private static CopyForm.Format format(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "binary" -> CopyForm.Format.BINARY;
            case "csv" -> CopyForm.Format.CSV;
            default -> CopyForm.Format.TEXT;
        };
    }

    private String value() {
        take("AS");
        if (at == pieces.size()) {
            return "";
        }
        Piece piece = pieces.get(at++);
        return piece.token() == Token.LITERAL ? SqlString.value(piece.text(), backslashEscapes) : piece.text();
    }
}
