package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

class BindBenchmarkTest {
    @Test
    void byHandTheBytesAreTheSame() {
        BindBenchmark benchmark = new BindBenchmark();
        String expected = ByteBufUtil.hexDump(benchmark.driver());
        assertEquals(expected, ByteBufUtil.hexDump(benchmark.byHand()));
    }
}
