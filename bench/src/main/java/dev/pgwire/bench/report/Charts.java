package dev.pgwire.bench.report;

import dev.pgwire.bench.run.Result;
import dev.pgwire.bench.run.Sample;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Results as pictures, each as PNG and as SVG. */
public final class Charts {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 500;
    private static final String LATENCY = "latency, ms";

    private final Path directory;

    private Charts(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Draws {@code percentiles}, {@code throughput} and {@code latency}. */
    public static void draw(Path directory, Result result) throws IOException {
        Charts charts = new Charts(directory);
        charts.percentiles(List.of("latency"), List.of(result));
        XYChart throughput = chart("Throughput", "seconds", "transactions per second");
        over(throughput, "tps", result, Sample::rate);
        charts.save(fromZero(throughput), "throughput");
        XYChart latency = chart("Latency over time", "seconds", LATENCY);
        over(latency, "50%", result, Sample::medianMillis);
        over(latency, "99%", result, Sample::p99Millis);
        over(latency, "max", result, Sample::mostMillis);
        charts.save(logarithmic(latency), "latency");
    }

    /** Draws {@code ramp} and {@code ramp-throughput}. */
    public static void draw(Path directory, RampReport ramp) throws IOException {
        Charts charts = new Charts(directory);
        XYChart latency = chart("Latency by rate", "transactions due per second", LATENCY);
        by(latency, "50%", ramp, result -> result.percentile(50));
        by(latency, "99%", ramp, result -> result.percentile(99));
        by(latency, "99.9%", ramp, result -> result.percentile(99.9));
        charts.save(logarithmic(latency), "ramp");
        XYChart throughput = chart("Throughput by rate", "transactions due per second", "done per second");
        by(throughput, "done", ramp, Result::rate);
        by(throughput, "due", ramp, result -> result.settings().rate());
        charts.save(fromZero(throughput), "ramp-throughput");
    }

    /** Draws {@code versus} and, of the last round, {@code percentiles}. */
    public static void draw(Path directory, VersusReport versus) throws IOException {
        Charts charts = new Charts(directory);
        XYChart rates = chart("Throughput by round", "round", "transactions per second");
        add(
                rates,
                "first",
                rounds(versus.ones()),
                versus.ones().stream().map(Result::rate).toList());
        add(
                rates,
                "second",
                rounds(versus.others()),
                versus.others().stream().map(Result::rate).toList());
        charts.save(fromZero(rates), "versus");
        int last = versus.ones().size() - 1;
        charts.percentiles(
                List.of("first", "second"),
                List.of(versus.ones().get(last), versus.others().get(last)));
    }

    private static List<Double> rounds(List<Result> results) {
        List<Double> rounds = new ArrayList<>();
        for (int i = 1; i <= results.size(); i++) {
            rounds.add((double) i);
        }
        return rounds;
    }

    /** Nines at equal distances: 90, 99, 99.9. */
    private void percentiles(List<String> names, List<Result> results) throws IOException {
        XYChart chart = chart("Latency by percentile", "percentile", LATENCY);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Charts::percent);
        for (int i = 0; i < results.size(); i++) {
            List<Double> nines = new ArrayList<>();
            List<Double> latencies = new ArrayList<>();
            for (double nine = 0; nine <= 4; nine += 0.05) {
                nines.add(nine);
                latencies.add(results.get(i).percentile(100 - Math.pow(10, 2 - nine)));
            }
            add(chart, names.get(i), nines, latencies);
        }
        save(logarithmic(chart), "percentiles");
    }

    /** 90% of one nine, 99% of two. */
    private static String percent(double nines) {
        return new BigDecimal(100 - Math.pow(10, 2 - nines))
                        .round(new MathContext(2 + (int) nines))
                        .toPlainString() + "%";
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(0);
        return chart;
    }

    private static XYChart logarithmic(XYChart chart) {
        chart.getStyler().setYAxisLogarithmic(true);
        return chart;
    }

    private static XYChart fromZero(XYChart chart) {
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private static void over(XYChart chart, String name, Result result, ToDoubleFunction<Sample> value) {
        List<Sample> samples =
                result.samples().stream().filter(sample -> sample.count() > 0).toList();
        add(
                chart,
                name,
                samples.stream().map(Sample::seconds).toList(),
                samples.stream().map(value::applyAsDouble).toList());
    }

    private static void by(XYChart chart, String name, RampReport ramp, ToDoubleFunction<Result> value) {
        add(
                chart,
                name,
                ramp.results().stream().map(result -> result.settings().rate()).toList(),
                ramp.results().stream().map(value::applyAsDouble).toList());
    }

    /** A logarithm needs more than nothing. */
    private static void add(XYChart chart, String name, List<Double> x, List<Double> y) {
        if (!x.isEmpty()) {
            chart.addSeries(
                    name, x, y.stream().map(value -> Math.max(value, 1e-6)).toList());
        }
    }

    private void save(XYChart chart, String name) throws IOException {
        for (String format : List.of("png", "svg")) {
            try (OutputStream out = Files.newOutputStream(directory.resolve(name + "." + format))) {
                ChartEncoder.saveChart(chart, out, format);
            }
        }
    }
}
