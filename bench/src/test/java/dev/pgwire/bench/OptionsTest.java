package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.bench.run.Mode;
import dev.pgwire.config.Config;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void statementsCommitByThemselvesWhateverTheConnectionStringSays() {
        String off = "host=h user=u autocommit=off";
        assertFalse(Config.parse(off).autocommit());
        assertTrue(new TargetOptions().config(off).autocommit());
        assertTrue(TargetOptions.forClients(Config.parse(off), Mode.PREPARED).autocommit());
    }

    @Test
    void lanesHaveNoEventLoopsOfTheRun() {
        Ended ended = Ended.run("host=h", "--lanes=2", "-c", "4", "-j", "2", "-M", "prepared");
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("--lanes is given with -j 2, expected -j 1"), ended.err());
    }
}
