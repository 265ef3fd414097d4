package dev.pgwire.benchmarks.compare.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.benchmarks.compare.report.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void whoeverDecodesSomethingElseIsNamed() {
        Agreement agreement = new Agreement();
        agreement.check("pgwire", Map.of("checksum", 7.0));
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> agreement.check("vertx", Map.of("checksum", 8.0)));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("vertx tells checksum = 8, but pgwire tells 7"), message);
    }

    @Test
    void timesMayDifferAndACountMayBeMissing() {
        Agreement agreement = new Agreement();
        agreement.check("pgwire", Map.of("wall", 1.0, "rows", 10.0, "checksum", 7.0));
        agreement.check("drain", Map.of("wall", 2.0, "rows", 10.0));
        agreement.check("libpq", Map.of("wall", 3.0));
    }

    @Test
    void readingsOfManySizesBecomeOneReadingOfEachSize() {
        Observations observations = new Observations();
        observations.add("pgwire", "wall 1 MB", 5);
        observations.add("pgwire", "wall 8 B", 3);
        observations.add("pgwire", "wall 8 B", 4);
        Map<String, Summary> sizes = observations.bySize().summaries("wall");
        assertEquals(List.of("1 MB", "8 B"), List.copyOf(sizes.keySet()));
        assertEquals(new Summary(3.5, 3, 4, 2), sizes.get("8 B"));
    }
}
