package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever number the text has, the JSON has too. */
@Timeout(120)
class JsonIT {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(\\.\\d+)?");

    /** What is no figure: the names of percentiles, the numbers of scripts and rounds, what is expected, and a command's text. */
    private static final Pattern NO_FIGURE = Pattern.compile(
            "^ {5}\\d (?= )|[\\d.]+% (?=[=ml])|99% of them|SQL script \\d+|expected at most .*|\\\\set .*|SELECT .*|; it is not below.*");

    /** A part is a percentage in the text, and a time may be in nanoseconds in the JSON. */
    private static final double[] SCALES = {1, 100, 1e-6};

    @TempDir
    private Path files;

    private void runs(String script, String... options) throws Exception {
        Path json = files.resolve("all.json");
        Path file = Files.writeString(files.resolve("script.sql"), script);
        List<String> all = new ArrayList<>(List.of("-n", "-f", file + "@3", "--json", json.toString()));
        all.addAll(List.of(options));
        Ended ended =
                Ended.run(TestServer.shared().dsn(), all.toArray(String[]::new)).well();
        List<Double> numbers = new ArrayList<>();
        JsonElement root = JsonParser.parseString(Files.readString(json));
        collect(root, numbers);
        // Behind the version of the server.
        ended.out().lines().skip(1).forEach(line -> {
            Matcher figure = NUMBER.matcher(
                    NO_FIGURE.matcher(line.replace(file.toString(), "")).replaceAll(""));
            while (figure.find()) {
                String told = figure.group();
                assertTrue(isIn(told, numbers), () -> told + " of \"" + line + "\" is not in " + root);
            }
        });
    }

    private static void collect(JsonElement element, List<Double> into) {
        if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().forEach(entry -> collect(entry.getValue(), into));
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, into));
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
            into.add(element.getAsDouble());
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            // Why the client was the bottleneck.
            Matcher figure = NUMBER.matcher(element.getAsString());
            while (figure.find()) {
                into.add(Double.parseDouble(figure.group()));
            }
        }
    }

    /** Whether one of the numbers is what was told, to as many digits. */
    private static boolean isIn(String told, List<Double> numbers) {
        int digits = new BigDecimal(told).scale();
        double wanted = Double.parseDouble(told);
        double half = 0.500001 * Math.pow(10, -digits);
        return numbers.stream()
                .anyMatch(number -> Arrays.stream(SCALES).anyMatch(scale -> Math.abs(number * scale - wanted) <= half));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t 20 -c 3",
                "-t 20 -c 2 -C",
                "-t 20 -M prepared --pipeline=4",
                "-t 20 -M prepared --lanes=2",
                "-T 1 -R 100 -L 20 -c 2 -j 2 -P 1",
                "-T 1 -R 1000000 -L 0.01"
            })
    void everyNumberOfARunIsInTheJson(String options) throws Exception {
        runs("SELECT 1;\n", options.split(" "));
    }

    @Test
    void theNumbersOfEachScriptAndCommandAreInTheJson() throws Exception {
        String other =
                Files.writeString(files.resolve("other.sql"), "SELECT 2;\n").toString();
        runs("SELECT 1;\n", "-t", "20", "-r", "-f", other + "@2");
    }

    @Test
    void failuresAreInTheJson() throws Exception {
        runs(Ended.FAILING, "-t", "40", "-c", "2", "--max-tries=2", "--failures-detailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ramp=100:200:100", "--versus=options='-c\u00a0jit=off' --rounds=2"})
    void everyNumberOfASeriesIsInTheJson(String options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-T", "1"));
        for (String option : options.split(" ")) {
            all.add(option.replace('\u00a0', ' '));
        }
        runs("SELECT 1;\n", all.toArray(String[]::new));
    }
}
