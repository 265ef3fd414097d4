package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.internal.sql.SqlAssembly;
import dev.pgwire.internal.sql.SqlScanner;
import dev.pgwire.internal.sql.SqlString;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values as constants of SQL, and statements with such constants in the place of their parameters. What a value would be declared as
 * where it is a parameter ({@link DeclaredParameters}) it is cast to here; the type of any other is inferred in the same way.
 */
public final class ValueLiterals {
    /** What the server reads as a number without quotes; all else is quoted, whatever a class of numbers prints. */
    private static final Pattern NUMERAL = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?");

    /** A temporary type of the same name would hide one that is not qualified. */
    private static final String CAST = "::pg_catalog.";

    private final TypeRegistry types;
    private final InferredText inferred;

    /** Constants of the values that these types take. */
    public ValueLiterals(TypeRegistry types) {
        this.types = types;
        this.inferred = new InferredText(types);
    }

    /**
     * A value as a constant.
     *
     * @throws DataException if none stands for it
     */
    public String literal(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        Object base = types.base(value);
        if (base instanceof Boolean) {
            return base.toString();
        }
        if (base instanceof Double || base instanceof Float) {
            return floating((Number) base);
        }
        int oid = ValueTypes.oid(base);
        if (oid != ValueTypes.INFERRED) {
            return declared(oid, base);
        }
        if (types.hasCodecOf(base)) {
            // A codec of the program writes bytes, and no text.
            throw RefusedValue.ofNoType(null, base);
        }
        String text = inferred.of(base);
        return base instanceof Number && NUMERAL.matcher(text).matches() ? text : quoted(text);
    }

    /** Digits are exact; what has none needs a type, since it would be a string without one. */
    private String floating(Number value) {
        String text = inferred.of(value);
        return NUMERAL.matcher(text).matches() && !text.equals("-0") ? text : quoted(text) + CAST + "float8";
    }

    private String declared(int oid, Object value) {
        FieldCodec<?> codec = inferred.plain(oid);
        String text = codec == null ? null : codec.part(value);
        if (codec == null || text == null) {
            throw codec == null ? RefusedValue.ofNoType(null, value) : RefusedValue.declared(codec, value);
        }
        return quoted(text) + CAST + ValueTypes.name(value);
    }

    private static String quoted(String text) {
        Utf8.length(text);
        return SqlString.quoted(text);
    }

    /**
     * A statement with its values in the place of its parameters.
     *
     * @param values for {@code $1} and so on, or a single Map or record with those of all {@code :name}
     * @throws InterfaceException if the number of values is wrong, or one of a name is missing
     * @throws DataException if no constant stands for a value
     */
    public String mogrify(String sql, @Nullable Object @Nullable [] values, boolean backslashEscapes) {
        Given given = Given.of(sql, values, backslashEscapes);
        String numbered = given.sql();
        SqlScanner scanner = new SqlScanner(numbered, backslashEscapes);
        SqlAssembly bound = new SqlAssembly();
        int parameters = 0;
        int copied = 0;
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.NUMBERED_PARAMETER) {
                int number = number(numbered, scanner.start() + 1, scanner.end());
                parameters = Math.max(parameters, number);
                if (number > 0 && number <= given.values().length) {
                    bound.text(numbered.substring(copied, scanner.start()));
                    bound.token(literal(number, given.values()[number - 1]));
                    copied = scanner.end();
                }
            }
        }
        BoundParameters.checkCount(sql, parameters, given.values().length);
        bound.text(numbered.substring(copied));
        return bound.whole();
    }

    private String literal(int number, @Nullable Object value) {
        try {
            return literal(value);
        } catch (DataException refused) {
            throw DriverErrors.in("parameter $" + number + " ", refused);
        }
    }

    /** Digits as a number; that of no parameter is larger than the number of the values. */
    private static int number(String sql, int from, int to) {
        return to - from > 6 ? Integer.MAX_VALUE : Integer.parseInt(sql.substring(from, to));
    }
}
