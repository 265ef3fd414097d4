package dev.pgwire.laboratory.replay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where messages have oids, and how those are written: as a number, or as a value in text or binary format. */
final class OidWords {
    /** Objects that users make have oids from here on; those are unsigned. */
    private static final int FIRST_OF_USERS = 16384;

    /** oid, regproc, regprocedure, regoper, regoperator, regclass, regtype, regrole, regnamespace. */
    private static final Set<Integer> TYPES = Set.of(26, 24, 2202, 2203, 2204, 2205, 2206, 4096, 4089);

    private OidWords() {}

    /** Whether values of a type are oids, which as texts may be names. */
    static boolean isType(int type) {
        return TYPES.contains(type);
    }

    /**
     * The indexes of the words that are oids of tables or types, or values of columns of oids.
     *
     * @param columns those of a DataRow, as far as they are known
     */
    static List<Integer> places(Said said, List<ResultColumn> columns) {
        List<Integer> places = new ArrayList<>();
        List<String> words = said.words();
        switch (said.name()) {
            case "RowDescription" -> {
                for (int i = words.indexOf("("); i >= 0 && i + 4 < words.size(); i++) {
                    if (words.get(i).equals("(")) {
                        places.add(i + 2);
                        places.add(i + 4);
                    }
                }
            }
            case "ParameterDescription", "Parse" -> {
                for (int i = Math.max(0, words.indexOf("[")); i < words.size(); i++) {
                    places.add(i);
                }
            }
            case "DataRow" -> {
                // The first word opens the list.
                for (int i = 0; i < columns.size() && i + 2 < words.size(); i++) {
                    if (isType(columns.get(i).typeOid())) {
                        places.add(i + 1);
                    }
                }
            }
            default -> {
                // Has none that can be told from other numbers.
            }
        }
        return places;
    }

    /** The oid of an object that a user has made; null if the word is none. */
    static @Nullable Integer read(String word) {
        try {
            int oid = isValue(word) ? value(word) : Integer.parseInt(word);
            return Integer.compareUnsigned(oid, FIRST_OF_USERS) >= 0 ? oid : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static boolean isValue(String word) {
        return word.startsWith("'");
    }

    private static int value(String word) {
        byte[] bytes = valueBytes(word);
        return isBinary(bytes)
                ? ByteBuffer.wrap(bytes).getInt()
                : Integer.parseUnsignedInt(new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] valueBytes(String word) {
        byte[] bytes = WordReader.bytes(List.of(word));
        return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }

    /** Four bytes that are a text are one, such as the name of a type: as binary they would be an oid beyond 500 million. */
    private static boolean isBinary(byte[] bytes) {
        if (bytes.length != Integer.BYTES) {
            return false;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .anyMatch(Character::isISOControl);
        } catch (CharacterCodingException noText) {
            return true;
        }
    }

    /** Another oid, written as this word is. */
    static String write(int oid, String like) {
        if (!isValue(like)) {
            return Integer.toString(oid);
        }
        byte[] bytes = isBinary(valueBytes(like))
                ? ByteBuffer.allocate(Integer.BYTES).putInt(oid).array()
                : Integer.toUnsignedString(oid).getBytes(StandardCharsets.US_ASCII);
        return "'" + WordWriter.escape(bytes, '\'') + "'";
    }
}
