package dev.pgwire.benchmarks.compare.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** The report drawn: how pgwire's cost grows with the work. */
final class GrowthChart {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;

    private final Report report;

    GrowthChart(Report report) {
        this.report = report;
    }

    /** For each kind of growth a line: the time at each size, by the line that fits best. */
    XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(
                        "P12: what work takes as it grows (1 = a fixed cost, and the same for each row, column, byte, query)")
                .xAxisTitle("from the smallest size to the largest")
                .yAxisTitle("time / line that fits best")
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
