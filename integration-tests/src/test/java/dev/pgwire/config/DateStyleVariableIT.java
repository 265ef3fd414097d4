package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.internal.config.Surroundings;
import dev.pgwire.testkit.TestServer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PGDATESTYLE says what {@code 01/02/2024} means, as it does for psql. */
class DateStyleVariableIT {
    private static Connection connect(String style, String extra) {
        Surroundings around = new Surroundings(Map.of("PGDATESTYLE", style), null, null, null, null, "me", List.of());
        return Postgres.connect(Config.parse(TestServer.shared().dsn(extra), around));
    }

    @Test
    void theOrderIsThatOfTheVariable() {
        for (String style : List.of("DMY", "ISO, DMY", "German", "European", "sql,dmy", "Postgres, Euro")) {
            try (Connection conn = connect(style, "prepare=never")) {
                assertEquals("ISO, DMY", conn.parameter("DateStyle"), style);
                assertEquals(
                        LocalDate.of(2024, 2, 1),
                        conn.execute("SELECT '01/02/2024'::date").fetchOne().getLocalDate(0),
                        style);
            }
        }
    }

    @Test
    void theVariableCountsMoreThanTheOptions() {
        try (Connection conn = connect("YMD", "options='-c DateStyle=DMY'")) {
            assertEquals("ISO, YMD", conn.parameter("DateStyle"));
        }
    }
}
