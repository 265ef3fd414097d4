package dev.pgwire.laboratory.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.FunctionCallResponse;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.FunctionCall;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the fields of JSON objects. What a message has is what its record has. */
final class JsonFields {
    private static final String SECRET = "***";

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private final StringBuilder out;

    JsonFields(StringBuilder out) {
        this.out = out;
    }

    /** Writes a field if it has a value. */
    void optional(String name, @Nullable Object value) {
        if (value != null) {
            field(name, value);
        }
    }

    void field(String name, @Nullable Object value) {
        field(name, value, false);
    }

    private void field(String name, @Nullable Object value, boolean isUnsigned) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        string(name);
        out.append(':');
        value(value, isUnsigned);
    }

    /** Writes all fields of a message. */
    void message(Message message) {
        if (message instanceof DataRow row) {
            List<byte @Nullable []> values = new ArrayList<>();
            for (int i = 0; i < row.columnCount(); i++) {
                values.add(row.column(i));
            }
            field("values", values);
        } else if (message instanceof EncryptionAnswer answer) {
            field("answer", String.valueOf((char) answer.answer()));
        } else if (message instanceof Record record) {
            fields(record, !showsBytes(message));
        }
    }

    /** Whether the bytes in a message are data. In all others they are secrets, or lead to them. */
    private static boolean showsBytes(Message message) {
        return message instanceof CopyData
                || message instanceof dev.pgwire.protocol.frontend.CopyData
                || message instanceof Bind
                || message instanceof FunctionCall
                || message instanceof FunctionCallResponse
                || message instanceof Authentication.Md5Password;
    }

    private void fields(Record record, boolean hidesBytes) {
        for (RecordComponent component : COMPONENTS.get(record.getClass())) {
            Object value = component(record, component);
            if (value instanceof Diagnostic diagnostic) {
                field("fields", diagnostic.fields());
            } else {
                Object shown = hidesBytes && value instanceof byte[] ? SECRET : value;
                field(component.getName(), shown, isOid(component.getName()));
            }
        }
    }

    private static boolean isOid(String name) {
        return name.endsWith("Oid") || name.endsWith("Oids");
    }

    private static @Nullable Object component(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private void value(@Nullable Object value, boolean isUnsigned) {
        if (value == null || value instanceof Boolean || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Integer number) {
            out.append(isUnsigned ? Integer.toUnsignedLong(number) : number);
        } else if (value instanceof Number) {
            out.append(value);
        } else if (value instanceof byte[] bytes) {
            bytes(bytes);
        } else if (value instanceof int[] numbers) {
            List<Integer> list = new ArrayList<>();
            for (int number : numbers) {
                list.add(number);
            }
            list(list, isUnsigned);
        } else if (value instanceof List<?> list) {
            list(list, isUnsigned);
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            map.forEach((name, each) -> field(String.valueOf(name), each));
            out.append('}');
        } else if (value instanceof Record record) {
            out.append('{');
            fields(record, false);
            out.append('}');
        } else {
            string(value.toString());
        }
    }

    private void list(List<?> list, boolean isUnsigned) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(list.get(i), isUnsigned);
        }
        out.append(']');
    }

    private void bytes(byte[] bytes) {
        String text = text(bytes);
        if (text != null) {
            string(text);
        } else {
            out.append("{\"hex\":\"").append(HexFormat.of().formatHex(bytes)).append("\"}");
        }
    }

    /** Null for what is no text. */
    private static @Nullable String text(byte[] bytes) {
        for (byte each : bytes) {
            if (each >= 0 && each < ' ' && each != '\n' && each != '\t' && each != '\r') {
                return null;
            }
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7F || Character.isSurrogate(c) && !isPair(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
