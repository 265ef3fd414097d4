package dev.pgwire.benchmarks.compare.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** The report drawn: everybody's cost next to pgwire's, and how pgwire's cost grows with the work. */
final class Pictures {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;

    private final Report report;

    Pictures(Report report) {
        this.report = report;
    }

    /**
     * For each row a bar for each other contestant: what it costs, pgwire's cost being 1. Whoever is below the line is
     * better than pgwire.
     */
    CategoryChart comparison() {
        List<Row> rows = report.rows().stream()
                .filter(row -> !row.isGrowth()
                        && row.contestants().size() > 1
                        && row.contestants().containsKey(row.subject()))
                .toList();
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("What the others cost where pgwire costs 1 (below the line: better than pgwire)")
                .yAxisTitle("cost / pgwire's cost")
                .build();
        style(chart.getStyler());
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.1);
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setAvailableSpaceFill(0.9);
        List<String> labels = rows.stream().map(Pictures::label).toList();
        for (String contestant : contestants(rows)) {
            List<@Nullable Double> costs = new ArrayList<>();
            for (Row row : rows) {
                costs.add(row.costOf(contestant));
            }
            chart.addSeries(contestant, labels, costs);
        }
        line(chart.getStyler());
        chart.addAnnotation(new AnnotationLine(1, false, false));
        return chart;
    }

    private static Set<String> contestants(List<Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.ratios().keySet()));
        // No driver, and far below any.
        names.remove("empty");
        return names;
    }

    /** Short enough to stand under a group of bars. */
    private static String label(Row row) {
        String unit = row.unit().startsWith("B") ? "memory" : row.metric().contains("CPU") ? "CPU" : row.unit();
        return row.id() + " " + unit + (row.subject().equals(Metric.PGWIRE) ? "" : " " + row.subject());
    }

    /** For each kind of growth a line: the time of a unit at each size, by the median of all sizes. */
    XYChart growth() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("P12: what one row, column, byte, query takes as the work grows (1 = the median of the sizes)")
                .xAxisTitle("from the smallest size to the largest")
                .yAxisTitle("time / median")
                .build();
        style(chart.getStyler());
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisTicksVisible(false);
        for (Row row : growing()) {
            List<String> sizes = List.copyOf(row.ratios().keySet());
            List<Double> steps = new ArrayList<>();
            for (int i = 0; i < sizes.size(); i++) {
                steps.add(i / Math.max(1.0, sizes.size() - 1.0));
            }
            String name =
                    row.metric().replace("time per ", "") + ", " + sizes.get(0) + " to " + sizes.get(sizes.size() - 1);
            chart.addSeries(name, steps, List.copyOf(row.ratios().values()));
        }
        line(chart.getStyler());
        chart.addAnnotation(new AnnotationLine(1, false, false));
        return chart;
    }

    /** The time that goes by; the processor's share has the same shape and a coarser clock. */
    private List<Row> growing() {
        return report.rows().stream()
                .filter(row -> row.isGrowth() && !row.metric().contains("CPU"))
                .toList();
    }

    private static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
    }

    private static void line(Styler styler) {
        styler.setAnnotationLineColor(Color.BLACK);
    }
}
