package dev.pgwire.internal.copy.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPageBuilder;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.sql.CopyForm;
import dev.pgwire.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written as a line is read from it, whatever the options are. */
class TextFormTest {
    private static final int INT4 = 23;
    private static final int FLOAT8 = 701;
    private static final int TIMESTAMPTZ = 1184;
    private static final String CHARACTERS = "aN0\\.,;\"'|\t\n\r\b\f\u000b\u00e4\u20ac\ud83d\ude00x- :+e";

    private final TypeRegistry types = TypeRegistry.builtin();
    private final RowPlan plan = new RowPlanner(types)
            .asDescribed(
                    Messages.columns("i", INT4, "t", Messages.TEXT, "f", FLOAT8, "z", TIMESTAMPTZ, "u", Messages.TEXT));

    static Stream<CopyForm> forms() {
        return Stream.of(
                text('\t', "\\N"),
                text('|', ""),
                text('-', "x"),
                text(':', "\\\\N"),
                text('+', "0"),
                text('\u00e4', "NULL"),
                csv(',', "", '"', '"'),
                csv(';', "\\N", '\'', '\\'),
                csv('-', "0", '"', '"'),
                csv(':', "-1", '+', '"'),
                csv('\t', "a", '\u00e4', '\u00e4'));
    }

    private static CopyForm text(char delimiter, String nullText) {
        return new CopyForm(CopyForm.Format.TEXT, delimiter, nullText, null, '"', '"', false, null);
    }

    private static CopyForm csv(char delimiter, String nullText, char quote, char escape) {
        return new CopyForm(CopyForm.Format.CSV, delimiter, nullText, null, quote, escape, false, null);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatWasWrittenIsRead(CopyForm form) {
        // Delimiters of several bytes are the server's to refuse or to convert; here they only must not be lost.
        SplittableRandom random = Seed.take(form).splittableRandom();
        boolean readable = form.delimiter() < 0x80 && form.quote() < 0x80;
        RowEncoder encoder = RowEncoder.of(plan, form, types);
        for (int i = 0; i < 5_000; i++) {
            @Nullable
            Object[] values = {
                maybe(random, random.nextInt() >> random.nextInt(32)),
                maybe(random, text(random)),
                maybe(random, Double.longBitsToDouble(random.nextLong())),
                maybe(
                        random,
                        OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                                .plusSeconds(random.nextLong() >> 26)
                                .plusNanos(random.nextInt(1_000_000) * 1_000L)),
                maybe(random, text(random))
            };
            encoder.clear();
            try {
                encoder.row(values);
            } catch (DataException likeNull) {
                assertTrue(likeNull.getMessage().contains("cannot be told from NULL"), likeNull::getMessage);
                continue;
            }
            if (readable) {
                PageRow row = read(form, encoder);
                for (int column = 0; column < values.length; column++) {
                    assertEquals(values[column], row.get(column), () -> line(encoder));
                }
            }
        }
    }

    private static <T> @Nullable T maybe(SplittableRandom random, T value) {
        return random.nextInt(8) == 0 ? null : value;
    }

    private static String text(SplittableRandom random) {
        int[] points = CHARACTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static String line(RowEncoder encoder) {
        return new String(encoder.bytes(), 0, encoder.length(), StandardCharsets.UTF_8);
    }

    private PageRow read(CopyForm form, RowEncoder encoder) {
        int length = encoder.length();
        byte[] bytes = encoder.bytes();
        assertEquals('\n', bytes[length - 1]);
        RowPageBuilder page = new RowPageBuilder(plan.size(), length);
        page.row(length);
        assertTrue(LineSplitter.of(form).split(bytes, 0, length - 1, page, plan.size()), () -> line(encoder));
        page.endRow();
        PageRow row = PageRow.movable(plan);
        row.moveTo(page.build(length), 0);
        return row;
    }

    /** The server compares with the marker before it reads escapes, and so do values that must not be taken for it. */
    @Test
    void noValueIsTakenForTheDefault() {
        CopyForm plain = new CopyForm(CopyForm.Format.TEXT, '\t', "\\N", "D", '"', '"', false, null);
        RowEncoder encoder = RowEncoder.of(plan, plain, types);
        encoder.row(new Object[] {1, "D", 1.0, null, "d"});
        assertEquals("1\t\\x44\t1\t\\N\td\n", line(encoder));
        CopyForm csv = new CopyForm(CopyForm.Format.CSV, ',', "", "1", '"', '"', false, null);
        encoder = RowEncoder.of(plan, csv, types);
        encoder.row(new Object[] {1, "1", 1.0, null, "d"});
        assertEquals("\"1\",\"1\",\"1\",,d\n", line(encoder));
        CopyForm both = new CopyForm(CopyForm.Format.TEXT, '\t', "A", "\\x41", '"', '"', false, null);
        RowEncoder refusing = RowEncoder.of(plan, both, types);
        DataException refused =
                assertThrows(DataException.class, () -> refusing.row(new Object[] {1, "A", 1.0, null, "d"}));
        assertTrue(refused.getMessage().contains("cannot be told from NULL"), refused.getMessage());
        CopyForm empty = new CopyForm(CopyForm.Format.TEXT, '\t', "\\N", "", '"', '"', false, null);
        RowEncoder emptyRefusing = RowEncoder.of(plan, empty, types);
        refused = assertThrows(DataException.class, () -> emptyRefusing.row(new Object[] {1, "", 1.0, null, "d"}));
        assertTrue(refused.getMessage().contains("cannot be told from DEFAULT"), refused.getMessage());
    }

    @Test
    void aRowHasAValueForEachColumnAndLeavesNothingBehindIfOneIsOfNoUse() {
        RowEncoder encoder = RowEncoder.of(plan, text('\t', "\\N"), types);
        assertThrows(InterfaceException.class, () -> encoder.row(new Object[] {1, "a"}));
        assertThrows(DataException.class, () -> encoder.row(new Object[] {1, "a", new Object(), null, null}));
        assertThrows(DataException.class, () -> encoder.row(new Object[] {1, "a\0", 1.0, null, null}));
        assertEquals(0, encoder.length());
        assertEquals(0, encoder.rows());
        encoder.row(new Object[] {1, "a", 1.0, null, "\\N"});
        assertEquals("1\ta\t1\t\\N\t\\\\N\n", line(encoder));
    }

    @Test
    void aLineWithAnotherNumberOfFieldsIsToldByTheSplitter() {
        for (CopyForm form : new CopyForm[] {text('\t', "\\N"), csv('\t', "", '"', '"')}) {
            for (String line : new String[] {"1\t2", "1\t2\t3\t4\t5\t6", ""}) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                RowPageBuilder page = new RowPageBuilder(plan.size(), 64);
                page.row(64);
                assertFalse(LineSplitter.of(form).split(bytes, 0, bytes.length, page, plan.size()), line);
            }
        }
    }
}
