package dev.pgwire.internal.codec.search;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsWeight;
import java.util.EnumSet;
import java.util.Set;

/** Reads the bytes of a tsquery, of which each operator stands before its right operand, and that before the left one. */
final class QueryBytes {
    static final int OPERAND = 1;
    static final int OPERATOR = 2;
    /** An operator that has no distance. */
    private static final int LEAST = 2;

    private final FieldCodec<?> type;
    private final LexemeBytes bytes;

    QueryBytes(FieldCodec<?> type, LexemeBytes bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** From the last node to the first, since operands are then there before their operator. */
    TsQuery query() {
        int[] nodes = new int[bytes.count(LEAST)];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = bytes.position();
            skipNode();
        }
        bytes.expectEnd();
        if (nodes.length == 0) {
            return TsQuery.empty();
        }
        QueryParts parts = new QueryParts();
        for (int i = nodes.length - 1; i >= 0; i--) {
            bytes.moveTo(nodes[i]);
            if (bytes.unsignedByte() == OPERAND) {
                parts.add(lexeme());
            } else {
                int operator = bytes.unsignedByte();
                int distance = operator == QueryParts.PHRASE ? bytes.unsignedShort() : 0;
                if (!parts.apply(operator, distance)) {
                    throw type.badBinary("an operator without its operands");
                }
            }
        }
        if (!parts.isComplete()) {
            throw type.badBinary("operands without an operator above them");
        }
        return parts.query();
    }

    private void skipNode() {
        int kind = bytes.unsignedByte();
        if (kind == OPERAND) {
            bytes.unsignedShort();
            bytes.skipLexeme();
        } else if (kind == OPERATOR) {
            int operator = bytes.unsignedByte();
            if (operator < QueryParts.NOT || operator > QueryParts.PHRASE) {
                throw type.badBinary("operator " + operator + ", expected 1 to 4");
            }
            if (operator == QueryParts.PHRASE) {
                bytes.unsignedShort();
            }
        } else {
            throw type.badBinary("a node of kind " + kind + ", expected 1 or 2");
        }
    }

    private TsQuery.Lexeme lexeme() {
        int bits = bytes.unsignedByte();
        int prefix = bytes.unsignedByte();
        Set<TsWeight> weights = EnumSet.noneOf(TsWeight.class);
        for (TsWeight weight : TsWeight.values()) {
            if ((bits & bit(weight)) != 0) {
                weights.add(weight);
                bits -= bit(weight);
            }
        }
        if (bits != 0 || prefix > 1) {
            throw type.badBinary(
                    "a weight of " + bits + " and a prefix of " + prefix + ", expected 0 to 15 and 0 or 1");
        }
        return new TsQuery.Lexeme(bytes.lexeme(), weights, prefix == 1);
    }

    static int bit(TsWeight weight) {
        return 1 << weight.ordinal();
    }
}
