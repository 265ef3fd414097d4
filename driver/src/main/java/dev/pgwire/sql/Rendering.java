package dev.pgwire.sql;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.sql.SqlAssembly;
import dev.pgwire.internal.sql.SqlScanner;
import dev.pgwire.internal.statement.ValueLiterals;

/** Writes a text of its parts, and counts the placeholders. */
final class Rendering {
    /** The values as every connection writes them. */
    static final Literals BUILTIN = new ValueLiterals(TypeRegistry.builtin())::literal;

    private final Literals literals;
    private final SqlAssembly sql = new SqlAssembly();
    private int counted;
    private boolean numbered;

    private Rendering(Literals literals) {
        this.literals = literals;
    }

    static String of(Composable whole, Literals literals) {
        Rendering rendering = new Rendering(literals);
        rendering.add(whole);
        String text = rendering.sql.whole();
        if (rendering.counted > 0) {
            rendering.checkCounted(text);
        }
        return text;
    }

    /** A number in a text of the program would be one of those that are counted. */
    private void checkCounted(String text) {
        int placeholders = 0;
        SqlScanner scanner = new SqlScanner(text, false);
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            placeholders += token == SqlScanner.Token.NUMBERED_PARAMETER ? 1 : 0;
        }
        if (placeholders > counted) {
            throw mixed();
        }
    }

    private void add(Composable part) {
        if (part instanceof Sql text) {
            sql.text(text.text());
        } else if (part instanceof Identifier name) {
            sql.token(name.quoted());
        } else if (part instanceof Literal literal) {
            sql.token(literals.literal(literal.value()));
        } else if (part instanceof Placeholder placeholder) {
            sql.token(text(placeholder));
        } else if (part instanceof Composed composed) {
            composed.parts().forEach(this::add);
        }
    }

    private String text(Placeholder placeholder) {
        numbered |= placeholder.number() > 0;
        counted += placeholder.isNext() ? 1 : 0;
        if (numbered && counted > 0) {
            throw mixed();
        }
        return placeholder.isNext() ? "$" + counted : placeholder.toString();
    }

    private static InterfaceException mixed() {
        return new InterfaceException(
                "placeholders that count themselves stand beside one with a number, expected that all"
                        + " have numbers, or none");
    }
}
