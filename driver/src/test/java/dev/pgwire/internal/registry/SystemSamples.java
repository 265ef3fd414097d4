package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.system.LsnCodec;
import dev.pgwire.internal.codec.system.RegCodec;
import dev.pgwire.internal.codec.system.SnapshotCodec;
import dev.pgwire.internal.codec.system.TidCodec;
import dev.pgwire.internal.codec.system.Xid8Codec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.type.Lsn;
import dev.pgwire.type.Snapshot;
import dev.pgwire.type.Tid;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** Random values of the types that the server has for itself. */
final class SystemSamples {
    private SystemSamples() {}

    static Stream<Sample<?>> all() {
        Stream<Sample<?>> numbers = Stream.of(
                new Sample<>(OidCodec.XID, SystemSamples::unsigned),
                new Sample<>(OidCodec.CID, SystemSamples::unsigned),
                new Sample<>(Xid8Codec.INSTANCE, random -> Samples.wholeNumber(random, 64) & Long.MAX_VALUE),
                new Sample<>(
                        TidCodec.INSTANCE,
                        random -> new Tid(unsigned(random), (int) Samples.wholeNumber(random, 16) & 0xFFFF)),
                new Sample<>(LsnCodec.INSTANCE, random -> new Lsn(Samples.wholeNumber(random, 64))),
                new Sample<>(SnapshotCodec.SNAPSHOT, SystemSamples::snapshot),
                new Sample<>(SnapshotCodec.TXID_SNAPSHOT, SystemSamples::snapshot),
                vector(22, random -> (Object) (short) Samples.wholeNumber(random, 16)),
                vector(30, SystemSamples::unsigned));
        return Stream.concat(
                numbers,
                Stream.of(
                                RegCodec.REGPROC,
                                RegCodec.REGPROCEDURE,
                                RegCodec.REGOPER,
                                RegCodec.REGOPERATOR,
                                RegCodec.REGCLASS,
                                RegCodec.REGTYPE,
                                RegCodec.REGCONFIG,
                                RegCodec.REGDICTIONARY,
                                RegCodec.REGNAMESPACE,
                                RegCodec.REGROLE,
                                RegCodec.REGCOLLATION)
                        .map(codec -> new Sample<>(codec, SystemSamples::digits)));
    }

    private static long unsigned(SplittableRandom random) {
        return Samples.wholeNumber(random, 32) & 0xFFFF_FFFFL;
    }

    /** Of the names the server alone knows the bytes. */
    private static String digits(SplittableRandom random) {
        long oid = unsigned(random);
        return oid == 0 ? "-" : Long.toString(oid);
    }

    private static Snapshot snapshot(SplittableRandom random) {
        long xmin = Math.max(1, Samples.wholeNumber(random, 64) & Long.MAX_VALUE);
        long xmax = xmin + random.nextLong(Math.min(30, Long.MAX_VALUE - xmin) + 1);
        return new Snapshot(
                xmin,
                xmax,
                random.longs(random.nextInt(8), 0, 30)
                        .map(xid -> xmin + xid)
                        .filter(xid -> xid >= xmin && xid < xmax)
                        .distinct()
                        .sorted()
                        .boxed()
                        .toList());
    }

    /** Of one number at least: an empty one has no bytes that the server takes. */
    @SuppressWarnings("unchecked") // The values are made for the codec.
    private static Sample<?> vector(int oid, Function<SplittableRandom, Object> next) {
        FieldCodec<List<Object>> codec = (FieldCodec<List<Object>>)
                Objects.requireNonNull(TypeRegistry.builtin().codec(oid));
        return new Sample<>(codec, random -> Stream.generate(() -> next.apply(random))
                .limit(random.nextInt(1, 6))
                .toList());
    }
}
