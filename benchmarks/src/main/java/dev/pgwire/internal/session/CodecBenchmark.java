package dev.pgwire.internal.session;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * FieldCodec by codec: one typical value read from either format, and written. The unit is a value. Numbers come boxed, as from
 * getObject(); how a getter reads a primitive is in DataRowBenchmark. Each codec has processes of its own, in which it is
 * the only one: a row of many types calls many, which costs more.
 */
// In this package because of FieldBuffer, which is what codecs write to; see BindBenchmark.
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    /** The type whose codec is measured. */
    @Param
    public CodecSample type = CodecSample.INT4;

    private final FieldBuffer out = FieldBuffer.ofParameters();
    private FieldCodec<?> codec = type.codec();
    private Object value = type.value();
    private byte[] binary = {};
    private byte[] text = {};

    /** Takes the value of the type, in both formats. */
    @Setup
    public void load() {
        codec = type.codec();
        value = type.value();
        text = type.text().getBytes(StandardCharsets.UTF_8);
        encode();
        binary = ByteBufUtil.getBytes(out.view());
    }

    /** From the binary format. */
    @Benchmark
    public Object decodeBinary() {
        return codec.decodeBinary(binary, 0, binary.length);
    }

    /** From the text format. */
    @Benchmark
    public Object decodeText() {
        return codec.decodeText(text, 0, text.length);
    }

    /** To the binary format, with the question whether the value is one of the type. */
    @Benchmark
    public boolean encode() {
        out.clear();
        boolean accepted = codec.accepts(value);
        codec.encode(value, out);
        return accepted;
    }
}
