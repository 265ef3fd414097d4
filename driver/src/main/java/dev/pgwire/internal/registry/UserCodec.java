package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;
import java.lang.reflect.ParameterizedType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A codec that a program has registered. What it does not do, the driver's own codec of the type does, if there is one: other
 * classes, and the text.
 *
 * @param <T> the class of the values
 */
final class UserCodec<T> extends FieldCodec<T> {
    private final Codec<T> codec;
    private final @Nullable FieldCodec<?> own;

    UserCodec(String name, Codec<T> codec, @Nullable FieldCodec<?> own) {
        super(name, codec.javaType());
        this.codec = codec;
        this.own = own;
    }

    @Override
    public T decodeBinary(byte[] source, int offset, int length) {
        FieldReader in = FieldReader.of(source, offset, length, this::badBinary);
        T value = guarded(() -> codec.read(in));
        if (in.remaining() > 0) {
            throw badBinary("the codec left " + in.remaining() + " bytes, expected it to read all");
        }
        return value;
    }

    @Override
    public T decodeText(byte[] source, int offset, int length) {
        return guarded(() -> codec.parse(Utf8.decode(source, offset, length)));
    }

    private <V> V guarded(Supplier<V> work) {
        return ProgramCode.call("the codec that was registered for " + name(), work);
    }

    @Override
    @SuppressWarnings("unchecked") // The class is tested.
    public <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        if (target.isAssignableFrom(javaType())) {
            return (V) generic(source, offset, length, format);
        }
        return own != null
                ? own.decodeAs(source, offset, length, format, target)
                : super.decodeAs(source, offset, length, format, target);
    }

    @Override
    public boolean reads(Class<?> target) {
        return target.isAssignableFrom(javaType()) || (own != null ? own.reads(target) : super.reads(target));
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return raw.isAssignableFrom(javaType()) || (own != null && own.readsTyped(target));
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        if (raw.isAssignableFrom(javaType())) {
            return generic(source, offset, length, format);
        }
        return own != null
                ? own.decodeTyped(source, offset, length, format, target)
                : super.decodeGeneric(source, offset, length, format, raw, target);
    }

    @Override
    public String format(T value) {
        return guarded(() -> codec.print(value));
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        return own != null ? own.textOf(source, offset, length, format) : super.textOf(source, offset, length, format);
    }

    @Override
    public String outputOf(byte[] source, int offset, int length, Format format) {
        return own != null
                ? own.outputOf(source, offset, length, format)
                : super.outputOf(source, offset, length, format);
    }

    @Override
    public boolean accepts(Object value) {
        return javaType().isInstance(value) || (own != null && own.accepts(value));
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        if (own != null && !javaType().isInstance(value)) {
            own.encode(value, out);
            return;
        }
        T typed = javaType().cast(value);
        guarded(() -> {
            codec.write(typed, out);
            return typed;
        });
    }

    @Override
    public @Nullable String literal(Object value) {
        return own != null ? own.literal(value) : super.literal(value);
    }

    @Override
    public String expected() {
        String ours = "a value of class " + javaType().getSimpleName();
        return own == null ? ours : ours + ", or " + own.expected();
    }
}
