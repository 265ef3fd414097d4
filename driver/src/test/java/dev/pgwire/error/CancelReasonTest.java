package dev.pgwire.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.protocol.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CancelReasonTest {
    /** Routine, file and SQLSTATE are the same for all of them. */
    @ParameterizedTest
    @CsvSource({
        "canceling statement due to statement timeout, STATEMENT_TIMEOUT",
        "canceling statement due to user request, CANCEL_REQUEST",
        "canceling authentication due to timeout, OTHER",
        "breche Anweisung wegen Zeitüberschreitung der Anweisung ab, OTHER",
    })
    void theReasonIsWhatTheServerSaysInEnglish(String text, QueryCanceledException.Reason reason) {
        Diagnostic said = Diagnostic.builder()
                .field('S', "ERROR")
                .field('V', "ERROR")
                .field('C', "57014")
                .field('M', text)
                .field('F', "postgres.c")
                .field('R', "ProcessInterrupts")
                .build();
        assertEquals(reason, ((QueryCanceledException) ServerErrors.of(said, null)).reason());
    }
}
