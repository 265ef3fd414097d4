package dev.pgwire.benchmarks.compare.report;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the report as a line of the picture.
 *
 * @param work what is done, in words
 * @param quantity what it takes
 * @param own what it takes pgwire, with its unit
 * @param costs what it costs the others where it costs pgwire 1; never empty
 * @param amounts what it takes the others, with its unit
 */
record Line(String work, String quantity, String own, Map<Mark, Double> costs, Map<Mark, String> amounts) {
    /** The words for a row, and the contestants that do something else on it than the words say. */
    private record Words(String work, String quantity, List<String> besides) {}

    /** By id and metric, in the order of the picture. */
    private static final Map<String, Words> WORDS = new LinkedHashMap<>();

    static {
        say("P1", "prepared point select, blocking, one connection", "One row by key, one connection", "time");
        say(
                "P1",
                "prepared point select, blocking, one connection: client CPU",
                "One row by key, one connection",
                "CPU");
        say("P1", "prepared point select, TLS 1.3", "One row by key, TLS", "time");
        say("P1", "prepared point select, TLS 1.3: client CPU", "One row by key, TLS", "CPU");
        say("P1", "prepared point select, a core each", "One row by key, a core each", "time");
        say("P1", "prepared point select, a core each: client CPU", "One row by key, a core each", "CPU");
        say("P1", "prepared point select, a core each, TLS 1.3", "One row by key, a core each, TLS", "time");
        say("P1", "prepared point select, a core each, TLS 1.3: client CPU", "One row by key, a core each, TLS", "CPU");
        say("P1", "prepared point select, a core each, busy waiting", "One row by key, busy waiting", "time");
        say(
                "P1",
                "prepared point select, a core each, TLS 1.3, busy waiting",
                "One row by key, busy waiting, TLS",
                "time");
        say("P1", "prepared point select, Unix socket", "One row by key, Unix socket", "time");
        say("P1", "prepared point select, Unix socket: client CPU", "One row by key, Unix socket", "CPU");
        say("P5", "256 point selects per Sync, executeMany", "256 rows by key, executeMany", "time");
        say("P5", "256 point selects per Sync, pipeline", "256 rows by key, pipeline", "time");
        say("P6", "point selects, 64 in flight, a Sync each", "Rows by key, 64 in flight", "time");
        say("P6", "point selects, 64 in flight, a Sync each: client CPU", "Rows by key, 64 in flight", "CPU");
        say("P15", "borrow, point select, give back: 1 thread, 8 connections", "Pool of 8, 1 thread", "time");
        say("P15", "borrow, point select, give back: 8 threads, 8 connections", "Pool of 8, 8 threads", "time");
        say("P15", "borrow, point select, give back: 64 threads, 8 connections", "Pool of 8, 64 threads", "time");
        sayShared("", "1,000 virtual threads");
        sayShared(", every tenth a transaction of two", "1,000, with transactions");
        say("P2", "stream wide, decode all: client CPU", "Long result, row by row", "CPU");
        say("P19", "stream wide by TLS 1.3, decode all: client CPU", "Long result, row by row, TLS", "CPU");
        say(
                "P17",
                "asynchronous stream of wide, 1,000 rows asked for at a time: client CPU",
                "Long result, asynchronous",
                "CPU");
        say(
                "P17",
                "asynchronous stream of wide, 1,000 rows asked for at a time: wall time",
                "Long result, asynchronous",
                "time");
        say("P13", "stream the numbers of wide as columns: client CPU", "Long result, as columns", "CPU");
        say("P14", "stream arrays, ranges and composites: client CPU", "Arrays, ranges, composites", "CPU");
        say("P3", "stream wide, decode all: wall time", "Long result, row by row", "time");
        say("P4", "fetch wide whole, then decode all: client CPU", "Long result, fetched whole", "CPU");
        say("P4", "heap that the result keeps", "Long result, fetched whole", "memory");
        say("P10", "decode a row of ten columns (JMH)", "Decoding a row of ten columns", "CPU");
        say("P10", "allocated for a row of ten columns (JMH)", "Decoding a row of ten columns", "garbage");
        say("P7", "insert rows, executeMany", "Many rows, an INSERT for each", "time", "pgjdbc-rewritten");
        say("P7", "insert rows, bulk writer", "Many rows, bulk insert", "time", "byhand");
        say("P8", "insert rows by COPY", "Many rows by COPY", "time");
        say("P8", "insert rows by COPY, one by one in binary", "Rows one by one by COPY, binary", "time");
        say("P8", "insert rows by COPY, one by one in text", "Rows one by one by COPY, text", "time");
        say("P8", "insert rows by COPY, one by one in text: client CPU", "Rows one by one by COPY, text", "CPU");
        say("P18", "copy wide out, raw: wall time", "COPY of a table, raw", "time");
        say("P18", "copy wide out, rows in binary: client CPU", "Rows of a COPY, binary", "CPU");
        say("P18", "copy wide out, rows in text: client CPU", "Rows of a COPY, text", "CPU");
        say("P9", "JVM start to first row, whole process", "Start of the JVM to first row", "time");
        say("P9", "the first 10,000 statements of a JVM, one core", "First 10,000 statements of a JVM", "time");
        say("P20", "connect with SCRAM and close", "Connect with SCRAM", "time");
        say("P20", "connect with SCRAM and close: client CPU", "Connect with SCRAM", "CPU");
        say("P20", "connect with SCRAM by TLS 1.3 and close", "Connect with SCRAM, TLS", "time");
        say("P20", "connect with SCRAM by TLS 1.3 and close: client CPU", "Connect with SCRAM, TLS", "CPU");
    }

    /** The median of the latencies and the slowest one in a thousand stand in the table only. */
    private static void sayShared(String words, String work) {
        String metric = "point selects of 1,000 virtual threads, 8 connections" + words;
        say("P16", metric, work, "time");
        say("P16", metric + ": p99", work, "p99");
        say("P16", metric + ": client CPU", work, "CPU");
    }

    private static void say(String id, String metric, String work, String quantity, String... besides) {
        WORDS.put(key(id, metric), new Words(work, quantity, List.of(besides)));
    }

    private static String key(String id, String metric) {
        return id + " " + metric;
    }

    /** Whether there are words for a metric. */
    static boolean knows(Metric metric) {
        return WORDS.containsKey(key(metric.id(), metric.name()));
    }

    /** The lines of a report: rows on which another driver stands beside pgwire, in the order of the words. */
    static List<Line> of(Report report) {
        return WORDS.entrySet().stream()
                .flatMap(words -> report.rows().stream()
                        .filter(row -> key(row.id(), row.metric()).equals(words.getKey()) && !row.isGrowth())
                        .map(row -> of(words.getValue(), row)))
                .filter(line -> !line.costs.isEmpty())
                .toList();
    }

    private static Line of(Words words, Row row) {
        Map<Mark, Double> costs = new EnumMap<>(Mark.class);
        Map<Mark, String> amounts = new EnumMap<>(Mark.class);
        for (Mark mark : Mark.values()) {
            String contestant = mark.contestant(row, words.besides);
            Double cost = contestant == null ? null : row.costOf(contestant);
            if (contestant != null && cost != null) {
                costs.put(mark, cost);
                amounts.put(mark, amount(row, contestant));
            }
        }
        return new Line(words.work, words.quantity, amount(row, row.subject()), costs, amounts);
    }

    private static String amount(Row row, String contestant) {
        Summary summary = row.contestants().get(contestant);
        return summary == null ? "" : amount(summary.median(), row.unit());
    }

    /** With three digits that count: {@code 27.2 µs}, {@code 1,780,000 rows/s}. */
    static String amount(double value, String unit) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(100, value))) - 2);
        String number = Markdown.number(step == 1 ? value : Math.rint(value / step) * step);
        return number
                + switch (unit) {
                    case "µs/query" -> " µs";
                    case "ns/row" -> " ns";
                    case "B/row" -> " B";
                    case "B per byte on the wire" -> " B per byte";
                    case "selects/s" -> " rows/s";
                    default -> " " + unit;
                };
    }
}
