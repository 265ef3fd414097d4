package dev.pgwire.benchmarks.compare.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The comparison drawn for people: a line for each row of the report, on it a dot for each driver, pgwire's cost being 1. It
 * is made for the width of a page, some 800 pixels.
 */
final class DotPlot {
    private static final int WIDTH = 840;
    private static final int TOP = 118;
    private static final int ROW = 33;
    private static final int BOTTOM = 32;
    private static final double LEFT = 306;
    private static final double RIGHT = 708;
    private static final double LANE = 10.5;

    private static final Color INK = new Color(0x1F2328);
    private static final Color PALE = new Color(0x59636E);
    private static final Color GRID = new Color(0xD1D9E0);
    private static final Color STRIPE = new Color(0xF4F6F8);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final double[] TICKS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100};

    private final List<Line> lines;
    private final Sheet sheet;
    private final double least;
    private final double most;

    private DotPlot(List<Line> lines) {
        this.lines = lines;
        sheet = new Sheet(WIDTH, TOP + ROW * lines.size() + BOTTOM);
        double[] costs = lines.stream()
                .flatMap(line -> line.costs().values().stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        least = Math.min(0.7, costs[0] * 0.9);
        most = Math.max(2.2, costs[costs.length - 1] * 1.25);
    }

    /** Of at least one line. */
    static Sheet draw(List<Line> lines) {
        DotPlot plot = new DotPlot(lines);
        plot.background();
        plot.heading();
        for (int i = 0; i < lines.size(); i++) {
            plot.line(lines.get(i), middle(i));
        }
        return plot.sheet;
    }

    private void heading() {
        sheet.text("The same work with other drivers", 16, 28, TITLE, INK, Sheet.Align.LEFT);
        sheet.text(
                "What it costs where it costs pgwire 1, on a logarithmic scale. Left of the line: less than with pgwire.",
                16,
                50,
                TEXT,
                PALE,
                Sheet.Align.LEFT);
        Set<Mark> used = EnumSet.noneOf(Mark.class);
        lines.forEach(line -> used.addAll(line.costs().keySet()));
        double x = 22;
        for (Mark mark : used) {
            sheet.fillRimmed(mark.at(x, 75), mark.color());
            sheet.text(mark.title(), x + 12, 79.5, TEXT, INK, Sheet.Align.LEFT);
            x += 12 + Sheet.width(mark.title(), TEXT) + 26;
        }
    }

    /** Stripes and the scale, below everything else. */
    private void background() {
        double end = TOP + ROW * lines.size();
        for (int i = 0; i < lines.size(); i += 2) {
            sheet.fill(new Rectangle2D.Double(8, TOP + ROW * i, WIDTH - 16, ROW), STRIPE);
        }
        for (double tick : TICKS) {
            if (tick >= least && tick <= most && tick != 1) {
                sheet.line(x(tick), TOP, x(tick), end, 1, GRID);
                sheet.text(times(tick), x(tick), end + 18, TEXT, PALE, Sheet.Align.CENTRE);
            }
        }
        sheet.line(x(1), TOP - 3, x(1), end + 3, 2.5, INK);
        sheet.text("pgwire", x(1), TOP - 9, BOLD, INK, Sheet.Align.CENTRE);
        sheet.text("1", x(1), end + 18, BOLD, INK, Sheet.Align.CENTRE);
        sheet.text("pgwire takes", WIDTH - 16, TOP - 9, TEXT, PALE, Sheet.Align.RIGHT);
    }

    private void line(Line line, double y) {
        sheet.text(line.work(), 16, y + 4.5, TEXT, INK, Sheet.Align.LEFT);
        sheet.text(line.quantity(), LEFT - 14, y + 4.5, TEXT, PALE, Sheet.Align.RIGHT);
        sheet.text(line.own(), WIDTH - 16, y + 4.5, TEXT, PALE, Sheet.Align.RIGHT);
        // First, since a stroke as high as the line is seen behind any dot.
        Double floor = line.costs().get(Mark.FLOOR);
        if (floor != null) {
            sheet.fillRimmed(Mark.FLOOR.at(x(floor), y), Mark.FLOOR.color());
        }
        List<Rectangle2D> taken = new ArrayList<>();
        line.costs().forEach((mark, cost) -> {
            if (mark != Mark.FLOOR) {
                sheet.fillRimmed(mark.at(x(cost), free(taken, x(cost), y)), mark.color());
            }
        });
    }

    /** Dots that would cover each other stand on lanes of their own. */
    private static double free(List<Rectangle2D> taken, double x, double y) {
        for (double lane : new double[] {0, -LANE, LANE}) {
            Rectangle2D place = new Rectangle2D.Double(x - 6.5, y + lane - LANE / 2, 13, LANE - 0.1);
            if (taken.stream().noneMatch(place::intersects)) {
                taken.add(place);
                return y + lane;
            }
        }
        return y;
    }

    private static double middle(int line) {
        return TOP + ROW * (line + 0.5);
    }

    private double x(double cost) {
        return LEFT + (RIGHT - LEFT) * Math.log(cost / least) / Math.log(most / least);
    }

    private static String times(double tick) {
        return (tick < 1 ? String.format(Locale.ROOT, "%.1f", tick) : String.format(Locale.ROOT, "%.0f", tick)) + "×";
    }
}
