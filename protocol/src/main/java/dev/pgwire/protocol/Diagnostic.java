package dev.pgwire.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an error or a notice, each under its one-byte code (PostgreSQL manual, 54.8 Error and Notice Message
 * Fields). Codes that are not known here are kept.
 *
 * <pre>
 * { Byte1 code, String value }...
 * Byte1 0
 * </pre>
 */
public final class Diagnostic {
    private final Map<Character, String> fields;

    private Diagnostic(Map<Character, String> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Reads fields up to the zero byte that ends them; of a code that comes twice, the later value counts. */
    public static Diagnostic read(Body body) {
        Builder builder = builder();
        for (byte code = body.int8("field code"); code != 0; code = body.int8("field code")) {
            builder.field((char) (code & 0xFF), body.cString("field " + ProtocolViolation.show(code)));
        }
        body.end();
        return builder.build();
    }

    /** The bytes that {@link #encode} will write. */
    public long encodedLength() {
        long length = 1;
        for (String value : fields.values()) {
            length += 1 + Wire.cStringLength(value);
        }
        return length;
    }

    /** Writes the fields and the zero byte that ends them. */
    public void encode(ByteBuf out) {
        fields.forEach((code, value) -> {
            out.writeByte(code);
            Wire.cString(out, value);
        });
        out.writeByte(0);
    }

    /** All fields in the order in which they came. */
    public Map<Character, String> fields() {
        return fields;
    }

    /** {@code ERROR}, {@code FATAL}, {@code NOTICE} and so on; never translated unless the server predates 9.6. */
    public String severity() {
        String severity = fields.getOrDefault('V', fields.get('S'));
        return severity == null ? "ERROR" : severity;
    }

    /** The severity in the server's language. */
    public @Nullable String localizedSeverity() {
        return fields.get('S');
    }

    /** The SQLSTATE, or {@code XX000} (internal error) when the server sent none or one that is not well formed. */
    public String sqlState() {
        String state = fields.get('C');
        return state != null && isSqlState(state) ? state : "XX000";
    }

    private static boolean isSqlState(String state) {
        return state.length() == 5 && state.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
    }

    /** What happened, usually one line; empty when the server sent no message. */
    public String message() {
        return fields.getOrDefault('M', "");
    }

    public @Nullable String detail() {
        return fields.get('D');
    }

    public @Nullable String hint() {
        return fields.get('H');
    }

    /** Where in the statement the error is, counted in characters from 1; 0 when the server did not say. */
    public int position() {
        return number('P');
    }

    /** Where in {@link #internalQuery()} the error is, counted in characters from 1; 0 when the server did not say. */
    public int internalPosition() {
        return number('p');
    }

    /** The statement that the server itself generated, for instance in a function. */
    public @Nullable String internalQuery() {
        return fields.get('q');
    }

    /** The call stack of the server's procedural languages, innermost first. */
    public @Nullable String where() {
        return fields.get('W');
    }

    public @Nullable String schema() {
        return fields.get('s');
    }

    public @Nullable String table() {
        return fields.get('t');
    }

    public @Nullable String column() {
        return fields.get('c');
    }

    public @Nullable String dataType() {
        return fields.get('d');
    }

    public @Nullable String constraint() {
        return fields.get('n');
    }

    /** The file of the server's source that reported it. */
    public @Nullable String file() {
        return fields.get('F');
    }

    /** The line of {@link #file()}; 0 when the server did not say. */
    public int line() {
        return number('L');
    }

    /** The function of {@link #file()}. */
    public @Nullable String routine() {
        return fields.get('R');
    }

    private int number(char code) {
        String digits = fields.get(code);
        if (digits == null) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Diagnostic that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** One line, such as {@code ERROR: 22012: division by zero}. */
    @Override
    public String toString() {
        return severity() + ": " + sqlState() + ": " + message();
    }

    /** Collects the fields of a diagnostic. */
    public static final class Builder {
        private final Map<Character, String> fields = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets one field.
         *
         * @throws IllegalArgumentException if the code is zero, which ends the fields, or no single byte
         */
        public Builder field(char code, String value) {
            if (code == 0 || code > 0xFF) {
                throw new IllegalArgumentException("field code " + (int) code + ", expected 1 to 255");
            }
            fields.put(code, value);
            return this;
        }

        public Diagnostic build() {
            return new Diagnostic(fields);
        }
    }
}
