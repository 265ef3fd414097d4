package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static final String NUL = "a\0user\0admin";

    private final Config full = Config.builder()
            .host("db example")
            .port(6543)
            .user("ada")
            .password("S3cr3t")
            .database("it's")
            .applicationName("app")
            .connectTimeout(Duration.ofSeconds(7))
            .options("-c search_path=app")
            .build();

    @Test
    void defaultsAreThoseOfLibpq() {
        Config config = Config.builder().build();
        assertEquals("localhost", config.hosts().get(0).name());
        assertEquals(5432, config.hosts().get(0).port());
        assertEquals(System.getProperty("user.name"), config.user());
        assertEquals(config.user(), config.database());
        assertNull(config.password());
        assertEquals(Duration.ZERO, config.connectTimeout());
    }

    @Test
    void toStringMasksThePasswordAndCanBeReadBack() {
        assertEquals(
                "host='db example' port=6543 user=ada password=*** dbname='it\\'s' application_name=app"
                        + " connect_timeout=7 options='-c search_path=app'",
                full.toString());
        Config again = Config.parse(full.toString());
        assertEquals(full.toString(), again.toString());
        assertEquals("***", again.password());
    }

    @Test
    void toStringWithoutAPasswordShowsNone() {
        assertFalse(Config.parse("user=u").toString().contains("password"));
    }

    @Test
    void toBuilderKeepsEverything() {
        StringBuilder trace = new StringBuilder();
        Config copy = full.toBuilder().trace(trace).build().toBuilder().build();
        assertEquals(full.toString(), copy.toString());
        assertEquals("S3cr3t", copy.password());
        assertSame(trace, copy.trace());
    }

    @Test
    void aCopyWithAnotherUserKeepsTheDatabase() {
        assertEquals("it's", full.toBuilder().user("bob").build().database());
    }

    @Test
    void nulIsRefusedInEveryText() {
        List<Consumer<Config.Builder>> setters = List.of(
                builder -> builder.host(NUL),
                builder -> builder.user(NUL),
                builder -> builder.password(NUL),
                builder -> builder.database(NUL),
                builder -> builder.applicationName(NUL),
                builder -> builder.options(NUL));
        for (Consumer<Config.Builder> setter : setters) {
            InterfaceException refused = assertThrows(InterfaceException.class, () -> setter.accept(Config.builder()));
            assertTrue(refused.getMessage().contains("contains NUL"), refused.getMessage());
            assertFalse(refused.getMessage().contains("admin"), refused.getMessage());
        }
        assertThrows(InterfaceException.class, () -> Config.parse("user=" + NUL));
    }

    @Test
    void portsOutsideTheRangeAreRefused() {
        for (int port : new int[] {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE}) {
            assertThrows(InterfaceException.class, () -> Config.builder().port(port));
        }
        assertEquals(65535, Config.builder().port(65535).build().hosts().get(0).port());
        assertEquals(1, Config.builder().port(1).build().hosts().get(0).port());
    }

    @Test
    void aNegativeTimeoutMeansNoLimit() {
        assertEquals(Duration.ZERO, Config.parse("connect_timeout=-3").connectTimeout());
        assertEquals(
                Duration.ofSeconds(3), Config.parse("connect_timeout=' 3 '").connectTimeout());
    }
}
