package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.bench.run.Mode;
import dev.pgwire.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--log-prefix=a | --log-prefix is given without -l",
                "--sampling-rate=0.5 | --sampling-rate is given without -l",
                "--aggregate-interval=1 | --aggregate-interval is given without -l",
                "-l --sampling-rate=0 | --sampling-rate is 0.0, expected more than 0",
                "-l --sampling-rate=1.5 | --sampling-rate is 1.5, expected more than 0",
                "-l --sampling-rate=NaN | --sampling-rate is NaN, expected more than 0",
                "-l --aggregate-interval=0 | --aggregate-interval is 0, expected 1 or more",
                "-l -T 5 --aggregate-interval=2 | --aggregate-interval is 2, expected 1 or more, and -T a multiple of it",
                "-l --aggregate-interval=1 --sampling-rate=0.5 | expected one of them",
                "-l -T 1 --ramp=1:2:1 | -l is given with --ramp or --versus",
                "--progress-timestamp | --progress-timestamp is given without -P",
                "--partitions=2 | --partitions is given without -i",
                "--tablespace=a | --tablespace is given without -i",
                "-F 90 | --fillfactor is given without -i",
                "-i --partition-method=hash | --partition-method is given without --partitions",
                "-i --partitions=2 --partition-method=list | --partition-method is \"list\", expected range or hash",
                "-i --partitions=-1 | --partitions is -1, expected 0 or more",
                "-i -I dx | \"x\" is no step of -I",
                "-i -c 2 | --client is given with -i",
                "-i -S | --select-only is given with -i",
                "-i -v | --vacuum-all is given with -i",
                "-I dtgvp -t 5 | --transactions is given with -i"
            })
    void anOptionThatWouldHaveNoEffectIsRefused(String options, String why) {
        Ended ended = Ended.run("host=h", options.split(" "));
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains(why), ended.err());
    }
}
