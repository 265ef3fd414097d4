package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.search.TsQueryCodec;
import dev.pgwire.internal.codec.search.TsVectorCodec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsVector;
import dev.pgwire.type.TsVector.Lexeme;
import dev.pgwire.type.TsVector.Position;
import dev.pgwire.type.TsWeight;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random documents and queries. */
final class SearchSamples {
    private static final TsWeight[] WEIGHTS = TsWeight.values();

    private SearchSamples() {}

    static Stream<Sample<?>> all() {
        return Stream.of(
                new Sample<>(TsVectorCodec.INSTANCE, SearchSamples::vector),
                new Sample<>(TsQueryCodec.INSTANCE, random -> query(random, random.nextInt(5))));
    }

    private static TsVector vector(SplittableRandom random) {
        if (random.nextInt(50) == 0) {
            return TsVector.of(Lexeme.of(word(random), positions(random, 256)));
        }
        Lexeme[] lexemes = new Lexeme[random.nextInt(5)];
        Arrays.setAll(lexemes, i -> Lexeme.of(word(random), positions(random, random.nextInt(4))));
        return TsVector.of(lexemes);
    }

    private static Position[] positions(SplittableRandom random, int count) {
        Position[] positions = new Position[count];
        int most = new int[] {5, 300, 16383}[random.nextInt(3)];
        Arrays.setAll(positions, i -> new Position(random.nextInt(most) + 1, WEIGHTS[random.nextInt(4)]));
        if (positions.length > 1 && random.nextInt(10) == 0) {
            positions[0] = new Position(16383, TsWeight.A);
            positions[1] = new Position(1);
        }
        return positions;
    }

    private static String word(SplittableRandom random) {
        switch (random.nextInt(50)) {
            case 0:
                return "é".repeat(1023);
            case 1:
            case 2:
                return "it's \\ ";
            default:
                String text = Samples.text(random);
                return text.isEmpty() ? "a" : text;
        }
    }

    private static TsQuery query(SplittableRandom random, int depth) {
        if (depth == 0) {
            Set<TsWeight> weights = new HashSet<>();
            for (TsWeight weight : WEIGHTS) {
                if (random.nextInt(4) == 0) {
                    weights.add(weight);
                }
            }
            return new TsQuery.Lexeme(word(random), weights, random.nextInt(4) == 0);
        }
        TsQuery one = query(random, depth - 1);
        TsQuery other = query(random, random.nextInt(depth));
        switch (random.nextInt(8)) {
            case 0:
                return one.not();
            case 1:
                return one.and(other);
            case 2:
                return one.or(other);
            case 3:
                return new TsQuery.And(List.of(other, one, query(random, 0)));
            case 4:
                return new TsQuery.Or(List.of(other, one, query(random, 0)));
            case 5:
                return other.followedBy(one);
            case 6:
                return new TsQuery.Phrase(one, new int[] {0, 1, 2, 16384}[random.nextInt(4)], other);
            default:
                return one.followedBy(other);
        }
    }
}
