package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The values of a statement that was not described. What only one type takes is declared as that and goes in binary;
 * what several types take, as strings and numbers, goes as text, whose type the server infers as it does when it prepares the statement.
 */
public final class DeclaredParameters implements ValueEncoder.Terms {
    private final TypeRegistry types;
    private final InferredText inferred;
    private final FieldBuffer fields = FieldBuffer.ofParameters();
    private final ValueEncoder encoder = new ValueEncoder(fields, this);
    private int[] oids = {};
    private Format[] formats = {};

    public DeclaredParameters(TypeRegistry types) {
        this.types = types;
        this.inferred = new InferredText(types);
    }

    /**
     * Takes the values of the next statement.
     *
     * @throws DataException if no type takes a value, or its own does not
     */
    public void take(@Nullable Object[] values) {
        if (oids.length != values.length) {
            oids = new int[values.length];
            formats = new Format[values.length];
        }
        fields.clear();
        for (int i = 0; i < values.length; i++) {
            oids[i] = ValueTypes.INFERRED;
            Object value = written(i, values[i]);
            oids[i] = value == null ? ValueTypes.INFERRED : oid(value);
            formats[i] = encoder.write(i, declared(oids[i]), value);
        }
    }

    /** A value as it is written, of which the class says the type. */
    private @Nullable Object written(int index, @Nullable Object value) {
        try {
            return value == null ? null : types.base(value);
        } catch (DataException failed) {
            throw DriverErrors.in(place(index) + " ", failed);
        }
    }

    private int oid(Object value) {
        int oid = ValueTypes.oid(value);
        return oid == ValueTypes.INFERRED ? types.declares(value) : oid;
    }

    /** The types that are to be declared, 0 where the server infers. */
    public int[] oids() {
        return oids;
    }

    public Format[] formats() {
        return formats;
    }

    public int count() {
        return oids.length;
    }

    public ByteBuf values() {
        return fields.view();
    }

    private @Nullable FieldCodec<?> declared(int oid) {
        return oid == ValueTypes.INFERRED ? null : inferred.plain(oid);
    }

    @Override
    public String text(@Nullable FieldCodec<?> codec, Object value) {
        if (codec == null) {
            return inferred.of(value);
        }
        String literal = codec.literal(value);
        if (literal == null) {
            throw RefusedValue.declared(codec, value);
        }
        return literal;
    }

    @Override
    public String place(int index) {
        FieldCodec<?> codec = declared(oids[index]);
        return "parameter $" + (index + 1) + (codec == null ? "" : " (" + types.typeName(oids[index]) + ")");
    }
}
