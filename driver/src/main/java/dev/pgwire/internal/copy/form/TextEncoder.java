package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.CopyForm;
import dev.pgwire.internal.statement.ValueEncoder;
import dev.pgwire.row.Column;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows in text or csv: the texts of the values, as the server prints them. */
final class TextEncoder extends RowEncoder implements ValueEncoder.Terms {
    private final CopyForm form;
    private final TypeRegistry types;
    private final @Nullable FieldCodec<?>[] codecs;
    private final FieldText text;
    private final Charset charset;
    private byte[] converted = new byte[0];

    TextEncoder(RowPlan plan, CopyForm form, TypeRegistry types) {
        super(plan);
        this.form = form;
        this.types = types;
        this.text = form.format() == CopyForm.Format.CSV ? new CsvText(form) : new PlainText(form);
        this.charset = CopyCharset.of(form);
        this.codecs = new FieldCodec<?>[plan.size()];
        for (int i = 0; i < codecs.length; i++) {
            codecs[i] = plan.codec(i);
        }
    }

    @Override
    public void begin() {
        if (form.header()) {
            int column = 0;
            for (Column each : plan.columns()) {
                delimit(column++);
                text.write(each.name(), out);
            }
            out.writeByte('\n');
        }
    }

    @Override
    public void end() {}

    @Override
    void write(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            delimit(i);
            Object given = values[i];
            if (given == null) {
                out.writeUtf8(form.nullText());
                continue;
            }
            try {
                value(codecs[i], given);
            } catch (DatabaseException wrong) {
                throw DriverErrors.in(place(i) + " ", wrong);
            }
        }
        out.writeByte('\n');
    }

    private void delimit(int column) {
        if (column > 0) {
            out.writeByte(form.delimiter());
        }
    }

    private void value(@Nullable FieldCodec<?> codec, Object given) {
        Object base = base(given);
        if (codec == null || !codec.accepts(base)) {
            text.write(text(codec, base), out);
            return;
        }
        int from = out.size();
        codec.encodeText(base, out);
        if (!text.isPlain(out, from)) {
            String again = new String(out.bytes(), from, out.size() - from, StandardCharsets.UTF_8);
            out.cut(from);
            text.write(again, out);
        }
    }

    @Override
    public Object base(Object value) {
        return types.base(value);
    }

    @Override
    public byte[] bytes() {
        return charset == StandardCharsets.UTF_8 ? out.bytes() : converted;
    }

    @Override
    public int length() {
        if (charset == StandardCharsets.UTF_8) {
            return out.size();
        }
        try {
            ByteBuffer bytes = charset.newEncoder()
                    .encode(CharBuffer.wrap(new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8)));
            converted = Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
            return converted.length;
        } catch (CharacterCodingException none) {
            throw DriverErrors.of(
                    dev.pgwire.error.SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                    "a value has a character that " + form.encoding() + " has not, expected ENCODING 'UTF8' for it",
                    none);
        }
    }
}
