package dev.pgwire.internal.codec.search;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.TsVector;
import dev.pgwire.type.TsVector.Lexeme;
import dev.pgwire.type.TsVector.Position;
import dev.pgwire.type.TsWeight;
import java.util.ArrayList;
import java.util.List;

/**
 * tsvector, read as a {@link TsVector}: words, and where they stand. Source: PostgreSQL manual, 8.11.1 tsvector.
 *
 * <pre>
 * Int32 number of words
 * for each: Byten word, Int8 0, Int16 number of positions
 *     for each: Int16 weight in the upper two bits, from 0 for D to 3 for A, position below
 * </pre>
 *
 * <p>In text: {@code 'cat':3 'fat':2,11A}.
 */
public final class TsVectorCodec extends FieldCodec<TsVector> {
    /** The codec of tsvector. */
    public static final TsVectorCodec INSTANCE = new TsVectorCodec();

    private static final int WEIGHT_SHIFT = 14;
    private static final int POSITION = (1 << WEIGHT_SHIFT) - 1;
    /** A zero byte and a number of positions. */
    private static final int LEAST = 3;

    private final TsWeight[] weights = TsWeight.values();

    private TsVectorCodec() {
        super("tsvector", TsVector.class);
    }

    @Override
    public TsVector decodeBinary(byte[] source, int offset, int length) {
        LexemeBytes bytes = new LexemeBytes(this, source, offset, length);
        int count = bytes.count(LEAST);
        List<Lexeme> lexemes = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                lexemes.add(new Lexeme(bytes.lexeme(), positions(bytes)));
            }
            bytes.expectEnd();
            return new TsVector(lexemes);
        } catch (IllegalArgumentException e) {
            throw badBinary(String.valueOf(e.getMessage()));
        }
    }

    private List<Position> positions(LexemeBytes bytes) {
        int count = bytes.unsignedShort();
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int position = bytes.unsignedShort();
            positions.add(new Position(position & POSITION, weights[position >> WEIGHT_SHIFT]));
        }
        return positions;
    }

    @Override
    public TsVector decodeText(byte[] source, int offset, int length) {
        LexemeText text = new LexemeText(this, source, offset, length);
        List<Lexeme> lexemes = new ArrayList<>();
        try {
            while (!text.isAtEnd()) {
                if (!lexemes.isEmpty()) {
                    text.expect(' ');
                }
                lexemes.add(new Lexeme(text.lexeme(), positions(text)));
            }
            return new TsVector(lexemes);
        } catch (IllegalArgumentException e) {
            // The text itself says what is wrong.
            throw badText(source, offset, length);
        }
    }

    private static List<Position> positions(LexemeText text) {
        List<Position> positions = new ArrayList<>();
        if (text.takes(':')) {
            do {
                positions.add(new Position(text.number(), weight(text)));
            } while (text.takes(','));
        }
        return positions;
    }

    private static TsWeight weight(LexemeText text) {
        if (text.takes('A')) {
            return TsWeight.A;
        }
        if (text.takes('B')) {
            return TsWeight.B;
        }
        return text.takes('C') ? TsWeight.C : TsWeight.D;
    }

    @Override
    public String format(TsVector value) {
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof TsVector;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        List<Lexeme> lexemes = ((TsVector) value).lexemes();
        out.writeInt(lexemes.size());
        for (Lexeme lexeme : lexemes) {
            out.writeUtf8(lexeme.text());
            out.writeByte(0);
            out.writeShort(lexeme.positions().size());
            for (Position position : lexeme.positions()) {
                out.writeShort(position.weight().ordinal() << WEIGHT_SHIFT | position.number());
            }
        }
    }

    @Override
    public String expected() {
        return "a TsVector";
    }
}
