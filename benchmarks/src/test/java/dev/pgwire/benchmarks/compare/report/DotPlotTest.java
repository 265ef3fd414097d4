package dev.pgwire.benchmarks.compare.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The picture of the committed results. */
class DotPlotTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private final List<Line> lines = Line.of(committed());
    private final Sheet sheet = DotPlot.draw(lines);

    private static Report committed() {
        try {
            return Report.fromJson(Files.readString(ROOT.resolve("docs/benchmarks/compare.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyComparedRowIsOneLine() {
        assertEquals(13, lines.size());
        for (Line line : lines) {
            assertEquals(
                    1,
                    sheet.inks().stream()
                            .filter(ink -> ink.text().equals(line.own()))
                            .count(),
                    line.toString());
        }
    }

    @Test
    void noTextCoversAnother() {
        List<Sheet.Ink> texts =
                sheet.inks().stream().filter(ink -> !ink.text().isEmpty()).toList();
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                assertFalse(
                        texts.get(i)
                                .shape()
                                .getBounds2D()
                                .intersects(texts.get(j).shape().getBounds2D()),
                        texts.get(i).text() + " and " + texts.get(j).text());
            }
        }
    }

    @Test
    void everythingLiesOnTheSheet() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        sheet.png(png, 1);
        var image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        Rectangle2D page = new Rectangle2D.Double(0, 0, image.getWidth(), image.getHeight());
        sheet.inks().forEach(ink -> assertTrue(page.contains(ink.shape().getBounds2D()), ink.text()));
        assertTrue(image.getWidth() <= 900, "wider than a page, so that its letters become smaller");
    }

    @Test
    void theSameNumbersGiveTheSamePicture() {
        assertEquals(sheet.svg(), DotPlot.draw(lines).svg());
    }

    @Test
    void theCommittedPageHasTheCommittedResults() throws IOException {
        assertEquals(new Markdown(committed()).text(), Files.readString(ROOT.resolve("docs/benchmarks/compare.md")));
    }

    @Test
    void theReadmeHasTheRowsOfTheCommittedResults() throws IOException {
        String table = new ReadmeTable(committed()).text();
        assertEquals(7, table.lines().count());
        assertTrue(Files.readString(ROOT.resolve("README.md")).contains(table), table);
    }
}
