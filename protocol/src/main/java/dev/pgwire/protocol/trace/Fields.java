package dev.pgwire.protocol.trace;

import dev.pgwire.protocol.Body;

/** Prints the parts of a body one after the other, each after a space, in the way libpq prints it. */
final class Fields {
    private final StringBuilder line;
    private final Body body;

    Fields(StringBuilder line, Body body) {
        this.line = line;
        this.body = body;
    }

    /** The name of the message, which ends with a tab when fields may follow. */
    Fields name(String name) {
        line.append(name);
        return this;
    }

    int remaining() {
        return body.remaining();
    }

    byte int8() {
        byte value = body.int8("byte");
        line.append(' ');
        printable(value);
        return value;
    }

    int int16() {
        int value = body.int16("number") & 0xFFFF;
        line.append(' ').append(value);
        return value;
    }

    int int32() {
        int value = body.int32("number");
        line.append(' ').append(value);
        return value;
    }

    /** A number that decides what the message is, so that its name says it. */
    int silentInt32() {
        return body.int32("number");
    }

    String string() {
        String value = body.cString("string");
        line.append(" \"").append(value).append('"');
        return value;
    }

    /** A length and the bytes of that value; -1 has none. */
    void value() {
        int length = int32();
        if (length != -1) {
            bytes(length);
        }
    }

    void rest() {
        bytes(body.remaining());
    }

    private void bytes(int length) {
        byte[] value = body.bytes(length, "value");
        line.append(" '");
        for (byte b : value) {
            printable(b);
        }
        line.append('\'');
    }

    /** A count, and that number of Int16. */
    void int16s() {
        for (int count = int16(); count > 0; count--) {
            int16();
        }
    }

    /** A count, and that number of Int32. */
    void int32s() {
        for (int count = int16(); count > 0; count--) {
            int32();
        }
    }

    /** A count, and that number of values. */
    void values() {
        for (int count = int16(); count > 0; count--) {
            value();
        }
    }

    // What libpq prints for what its regression mode hides.

    void secretNumber() {
        body.rest();
        line.append(" NNNN");
    }

    void secretString() {
        body.rest();
        line.append(" \"SSSS\"");
    }

    void secretBytes() {
        body.rest();
        line.append(" 'BBBB'");
    }

    void skipRest() {
        body.rest();
    }

    /** What is left, if anything, is a piece of a field whose rest is not there. */
    void missing() {
        body.rest();
        line.append(" ?");
    }

    private void printable(byte value) {
        if (value >= ' ' && value <= '~') {
            line.append((char) value);
        } else {
            line.append(String.format("\\x%02x", value & 0xFF));
        }
    }
}
