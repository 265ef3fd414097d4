package dev.pgwire.internal.statement;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.array.ArrayCodec;
import dev.pgwire.internal.codec.range.MultirangeCodec;
import dev.pgwire.internal.codec.range.RangeCodec;
import dev.pgwire.type.Box;
import dev.pgwire.type.FieldWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of one array or range of whatever type, whose type the server infers as it infers that of a quoted literal. What
 * stands in it goes as text, too.
 */
final class UndeclaredText extends FieldCodec<Object> {
    private final Function<Object, @Nullable String> texts;
    private final ArrayCodec<Object> array = new ArrayCodec<>("array", ValueTypes.INFERRED, this, ',');
    /** Of boxes, which have commas in them. */
    private final ArrayCodec<Object> boxes = new ArrayCodec<>("array", ValueTypes.INFERRED, this, ';');

    private final RangeCodec<Object> range = new RangeCodec<>("range", this);
    private final MultirangeCodec<Object> multirange = new MultirangeCodec<>("multirange", range);

    /** Whether a box was among the values. */
    private boolean hasBox;

    /**
     * Texts of what is made of values with these texts.
     *
     * @param texts gives null for a value that has none
     */
    @SuppressWarnings("this-escape") // The codecs made here ask nothing of it before they are used.
    UndeclaredText(Function<Object, @Nullable String> texts) {
        super("value", Object.class);
        this.texts = texts;
    }

    /** The text of an array, a range or a multirange; null if the value is none, or one of its parts has no text. */
    @Nullable
    String of(Object value) {
        if (value instanceof CharSequence) {
            return null;
        }
        String found = range.literal(value);
        if (found == null) {
            found = multirange.literal(value);
        }
        return found == null ? array(value) : found;
    }

    private @Nullable String array(Object value) {
        String text = array.literal(value);
        return hasBox ? boxes.literal(value) : text;
    }

    @Override
    public @Nullable String literal(Object value) {
        hasBox |= value instanceof Box;
        String text = texts.apply(value);
        return text == null ? range.literal(value) : text;
    }

    /** An array of bytes is one value, and no array of numbers. */
    @Override
    public boolean accepts(Object value) {
        return value instanceof byte[];
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        throw new IllegalStateException("only text");
    }

    @Override
    public Object decodeBinary(byte[] source, int offset, int length) {
        throw new IllegalStateException("only text");
    }

    @Override
    public Object decodeText(byte[] source, int offset, int length) {
        throw new IllegalStateException("only text");
    }

    @Override
    public String format(Object value) {
        throw new IllegalStateException("only text");
    }

    @Override
    public String expected() {
        return "a value with a text";
    }
}
