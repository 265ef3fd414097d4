package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.protocol.backend.ErrorResponse;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticTest {
    @Test
    void everyFieldHasItsAccessor() {
        Diagnostic error = read("'SFEHLER'00 'VERROR'00 'C23505'00 'Mduplicate'00 'Ddetail'00 'Hhint'00 'P8'00 'p9'00"
                + "'qSELECT'00 'Wwhere'00 'sschema'00 'ttable'00 'ccolumn'00 'dtype'00 'nconstraint'00"
                + "'Ffile.c'00 'L42'00 'Rroutine'00 'zfuture'00 00");

        assertEquals("ERROR", error.severity());
        assertEquals("FEHLER", error.localizedSeverity());
        assertEquals("23505", error.sqlState());
        assertEquals("duplicate", error.message());
        assertEquals("detail", error.detail());
        assertEquals("hint", error.hint());
        assertEquals(8, error.position());
        assertEquals(9, error.internalPosition());
        assertEquals("SELECT", error.internalQuery());
        assertEquals("where", error.where());
        assertEquals("schema", error.schema());
        assertEquals("table", error.table());
        assertEquals("column", error.column());
        assertEquals("type", error.dataType());
        assertEquals("constraint", error.constraint());
        assertEquals("file.c", error.file());
        assertEquals(42, error.line());
        assertEquals("routine", error.routine());
        assertEquals("future", error.fields().get('z'));
        assertEquals("ERROR: 23505: duplicate", error.toString());
    }

    @Test
    void fieldsKeepTheOrderInWhichTheyCame() {
        assertEquals(
                List.of('M', 'C', 'z'),
                List.copyOf(read("'Mm'00 'Cc'00 'zz'00 00").fields().keySet()));
    }

    @Test
    void anErrorWithoutFieldsStillHasASeverityASqlStateAndAMessage() {
        Diagnostic error = read("00");

        assertEquals("ERROR: XX000: ", error.toString());
        assertNull(error.localizedSeverity());
        assertNull(error.detail());
        assertEquals(0, error.position());
    }

    @Test
    void aServerBefore96HasOnlyTheLocalizedSeverity() {
        assertEquals("FATAL", read("'SFATAL'00 00").severity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'C'00 00", "'C2201'00 00", "'C220122'00 00", "'C2201a'00 00", "'C22 12'00 00"})
    void aSqlStateThatIsNoneIsAnInternalError(String fields) {
        assertEquals("XX000", read(fields).sqlState());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'P'00 00", "'P-1'00 00", "'Pabc'00 00", "'P99999999999'00 00", "'P1x'00 00"})
    void aPositionThatCannotBeReadIsZero(String fields) {
        assertEquals(0, read(fields).position());
    }

    @Test
    void ofAFieldThatComesTwiceTheLaterCounts() {
        assertEquals("42601", read("'C22012'00 'C42601'00 00").sqlState());
    }

    @Test
    void textInTheServersOwnEncodingIsReadAsFarAsItCanBe() {
        assertEquals("gr\ufffd\ufffde", read("'Mgr' fcdf 'e'00 00").message());
    }

    @Test
    void fieldsWithoutAnEndAreAViolation() {
        assertThrows(ProtocolViolation.class, () -> read("'Mm'00"));
        assertThrows(ProtocolViolation.class, () -> read("'Mm'"));
        assertThrows(ProtocolViolation.class, () -> read(""));
    }

    private static Diagnostic read(String body) {
        return ErrorResponse.read(Unpooled.wrappedBuffer(Bytes.hex(body))).diagnostic();
    }
}
