package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.array.VectorCodec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.type.BitString;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Interval;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgArray;
import dev.pgwire.type.Point;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a codec says beforehand of the types that its values can be had as is what comes of it. */
class ReadableTypesTest {
    private static final int VALUES = 60;

    /** Every class that some codec gives, some that none gives, and types with arguments. */
    private static List<Type> targets() {
        return List.of(
                boolean.class,
                short.class,
                int.class,
                long.class,
                float.class,
                double.class,
                char.class,
                byte.class,
                Boolean.class,
                Short.class,
                Integer.class,
                Long.class,
                Float.class,
                Double.class,
                Character.class,
                Byte.class,
                Number.class,
                Object.class,
                String.class,
                CharSequence.class,
                StringBuilder.class,
                BigDecimal.class,
                BigInteger.class,
                UUID.class,
                LocalDate.class,
                LocalTime.class,
                OffsetTime.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class,
                Instant.class,
                Interval.class,
                Duration.class,
                Period.class,
                byte[].class,
                ByteBuffer.class,
                BitString.class,
                BitSet.class,
                Inet.class,
                InetAddress.class,
                Point.class,
                Map.class,
                List.class,
                Collection.class,
                Iterable.class,
                Set.class,
                PgArray.class,
                Range.class,
                Multirange.class,
                Row.class,
                TimeUnit.class,
                int[].class,
                Integer[].class,
                long[].class,
                String[].class,
                Object[].class,
                UUID[].class,
                byte[][].class,
                int[][].class,
                List[].class,
                String[][].class,
                new TypeRef<List<Integer>>() {}.type(),
                new TypeRef<List<String>>() {}.type(),
                new TypeRef<List<UUID>>() {}.type(),
                new TypeRef<List<List<Integer>>>() {}.type(),
                new TypeRef<List<? extends Number>>() {}.type(),
                new TypeRef<Collection<byte[]>>() {}.type(),
                new TypeRef<PgArray<Long>>() {}.type(),
                new TypeRef<PgArray<LocalDate>>() {}.type(),
                new TypeRef<Range<Integer>>() {}.type(),
                new TypeRef<Range<LocalDate>>() {}.type(),
                new TypeRef<Range<UUID>>() {}.type(),
                new TypeRef<Multirange<Long>>() {}.type(),
                new TypeRef<Multirange<LocalDate>>() {}.type(),
                new TypeRef<List<Range<Integer>>>() {}.type(),
                new TypeRef<Map<String, String>>() {}.type());
    }

    static Stream<Samples.Sample<?>> codecs() {
        return Stream.concat(
                Samples.all(),
                Stream.of(new Samples.Sample<>(
                        new VectorCodec<>("int2vector", 21, Int2Codec.INSTANCE, 2),
                        random -> List.of((short) random.nextInt(9), (short) 1))));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aTypeThatIsSaidToBeReadableIsAndNoOther(Samples.Sample<?> sample) {
        SplittableRandom random = Seed.take(sample).splittableRandom();
        FieldCodec<?> codec = sample.codec();
        List<Object> values = Samples.several(sample, random, VALUES).stream()
                .filter(codec::accepts)
                .toList();
        for (Type target : targets()) {
            if (codec.readsTyped(target)) {
                assertTrue(
                        values.stream().anyMatch(value -> hasWay(codec, value, target)),
                        () -> codec + " says that it reads " + target + ", and reads none of " + values);
            } else {
                assertFalse(
                        values.stream().allMatch(value -> hasWay(codec, value, target)),
                        () -> codec + " says that it does not read " + target + ", and reads all of " + values);
            }
        }
    }

    @Test
    void anEnumIsReadOfTextOnly() {
        assertTrue(TextCodec.TEXT.reads(TimeUnit.class));
        assertFalse(Int4Codec.INSTANCE.reads(TimeUnit.class));
    }

    /** Whether there is a way, although this value may not fit. */
    private static boolean hasWay(FieldCodec<?> codec, Object value, Type target) {
        byte[] written = GrowingWriter.encoded(codec, value);
        try {
            codec.decodeTyped(written, 0, written.length, Format.BINARY, target);
            return true;
        } catch (DataException refused) {
            return !DriverErrors.isOfTypes(refused);
        } catch (InterfaceException misfit) {
            // A record that is not made of the columns of a row.
            return false;
        }
    }
}
