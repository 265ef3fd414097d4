package dev.pgwire.internal.codec.search;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsWeight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * tsquery, read as a {@link TsQuery}: words, and operators above them. Source: PostgreSQL manual, 8.11.2 tsquery.
 *
 * <pre>
 * Int32 number of nodes, each operator before its right operand, and that before its left one
 * for each word: Int8 1, Int8 weights in bits from 1 for D to 8 for A, Int8 1 for a prefix, Byten word, Int8 0
 * for each operator: Int8 2, Int8 1 for not, 2 for and, 3 for or, 4 for a phrase, which has Int16 distance behind it
 * </pre>
 *
 * <p>In text: {@code 'fat' & ( 'cat':*A | !'rat' )}. That has no parentheses for an And within an And, whichever of its operands
 * that is, so these are one And in Java; it is written as the server writes one that has none.
 */
public final class TsQueryCodec extends FieldCodec<TsQuery> {
    /** The codec of tsquery. */
    public static final TsQueryCodec INSTANCE = new TsQueryCodec();

    private TsQueryCodec() {
        super("tsquery", TsQuery.class);
    }

    @Override
    public TsQuery decodeBinary(byte[] source, int offset, int length) {
        try {
            return new QueryBytes(this, new LexemeBytes(this, source, offset, length)).query();
        } catch (IllegalArgumentException e) {
            throw badBinary(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public TsQuery decodeText(byte[] source, int offset, int length) {
        if (length == 0) {
            return TsQuery.empty();
        }
        try {
            return new QueryText(new LexemeText(this, source, offset, length)).query();
        } catch (IllegalArgumentException e) {
            // The text itself says what is wrong.
            throw badText(source, offset, length);
        }
    }

    @Override
    public String format(TsQuery value) {
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof TsQuery && !(value instanceof TsQuery.Empty);
    }

    /** The server sends the bytes of an empty query, but does not take them. */
    @Override
    public @Nullable String literal(Object value) {
        return value instanceof TsQuery.Empty ? "" : super.literal(value);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        TsQuery query = (TsQuery) value;
        out.writeInt(nodes(query, 1));
        write(query, out);
    }

    private static int nodes(TsQuery query, int depth) {
        if (depth > QueryParts.MAX_DEPTH) {
            throw QueryParts.tooDeep();
        }
        int below = depth + 1;
        if (query instanceof TsQuery.Not not) {
            return 1 + nodes(not.operand(), below);
        }
        if (query instanceof TsQuery.And and) {
            return nodes(and.operands(), below);
        }
        if (query instanceof TsQuery.Or or) {
            return nodes(or.operands(), below);
        }
        if (query instanceof TsQuery.Phrase) {
            int nodes = 0;
            TsQuery rest = query;
            while (rest instanceof TsQuery.Phrase phrase) {
                nodes += 1 + nodes(phrase.right(), below);
                rest = phrase.left();
            }
            return nodes + nodes(rest, below);
        }
        return query instanceof TsQuery.Empty ? 0 : 1;
    }

    /** Each operand but the first has an operator. */
    private static int nodes(List<TsQuery> operands, int depth) {
        int nodes = operands.size() - 1;
        for (TsQuery operand : operands) {
            nodes += nodes(operand, depth);
        }
        return nodes;
    }

    private static void write(TsQuery query, FieldWriter out) {
        if (query instanceof TsQuery.Lexeme lexeme) {
            write(lexeme, out);
        } else if (query instanceof TsQuery.Not not) {
            operator(QueryParts.NOT, out);
            write(not.operand(), out);
        } else if (query instanceof TsQuery.And and) {
            write(QueryParts.AND, and.operands(), out);
        } else if (query instanceof TsQuery.Or or) {
            write(QueryParts.OR, or.operands(), out);
        } else if (query instanceof TsQuery.Phrase) {
            TsQuery rest = query;
            while (rest instanceof TsQuery.Phrase phrase) {
                operator(QueryParts.PHRASE, out);
                out.writeShort(phrase.distance());
                write(phrase.right(), out);
                rest = phrase.left();
            }
            write(rest, out);
        }
    }

    private static void write(int operator, List<TsQuery> operands, FieldWriter out) {
        for (int i = operands.size() - 1; i > 0; i--) {
            operator(operator, out);
            write(operands.get(i), out);
        }
        write(operands.get(0), out);
    }

    private static void operator(int operator, FieldWriter out) {
        out.writeByte(QueryBytes.OPERATOR);
        out.writeByte(operator);
    }

    private static void write(TsQuery.Lexeme lexeme, FieldWriter out) {
        int bits = 0;
        for (TsWeight weight : lexeme.weights()) {
            bits |= QueryBytes.bit(weight);
        }
        out.writeByte(QueryBytes.OPERAND);
        out.writeByte(bits);
        out.writeByte(lexeme.isPrefix() ? 1 : 0);
        out.writeUtf8(lexeme.text());
        out.writeByte(0);
    }

    @Override
    public String expected() {
        return "a TsQuery";
    }
}
