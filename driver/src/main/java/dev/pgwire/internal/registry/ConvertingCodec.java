package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.lang.reflect.ParameterizedType;
import org.jspecify.annotations.Nullable;

/** A codec that also reads and writes the classes of a program which have a conversion. */
final class ConvertingCodec<T> extends FieldCodec<T> {
    private final FieldCodec<T> own;
    private final Conversions conversions;

    ConvertingCodec(FieldCodec<T> own, Conversions conversions) {
        super(own.name(), own.javaType());
        this.own = own;
        this.conversions = conversions;
    }

    @Override
    public FieldCodec<?> plain() {
        return own;
    }

    @Override
    public boolean converts(Class<?> target) {
        return conversions.baseOf(target) != null;
    }

    @Override
    public T decodeBinary(byte[] source, int offset, int length) {
        return own.decodeBinary(source, offset, length);
    }

    @Override
    public T decodeText(byte[] source, int offset, int length) {
        return own.decodeText(source, offset, length);
    }

    @Override
    public Object generic(byte[] source, int offset, int length, Format format) {
        return own.generic(source, offset, length, format);
    }

    @Override
    public <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        Class<?> base = conversions.baseOf(target);
        return base == null
                ? own.decodeAs(source, offset, length, format, target)
                : conversions.read(target, own.decodeAs(source, offset, length, format, base));
    }

    @Override
    public boolean reads(Class<?> target) {
        Class<?> base = conversions.baseOf(target);
        return own.reads(base == null ? target : base);
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return own.readsTyped(target);
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        return own.decodeTyped(source, offset, length, format, target);
    }

    @Override
    protected @Nullable Object convertTo(T value, Class<?> target) {
        return own.convert(value, target);
    }

    @Override
    public String format(T value) {
        return own.format(value);
    }

    @Override
    public String output(T value) {
        return own.output(value);
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        return own.textOf(source, offset, length, format);
    }

    @Override
    public String outputOf(byte[] source, int offset, int length, Format format) {
        return own.outputOf(source, offset, length, format);
    }

    @Override
    public Format wanted() {
        return own.wanted();
    }

    @Override
    public boolean accepts(Object value) {
        return own.accepts(conversions.base(value));
    }

    @Override
    public @Nullable String literal(Object value) {
        return own.literal(conversions.base(value));
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        own.encode(conversions.base(value), out);
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        own.encodeText(conversions.base(value), out);
    }

    @Override
    public String expected() {
        return own.expected();
    }
}
