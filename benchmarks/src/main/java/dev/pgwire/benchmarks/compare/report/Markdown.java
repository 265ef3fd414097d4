package dev.pgwire.benchmarks.compare.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as {@code compare.md}: first where it was measured, then a table of ratios, then all numbers. */
public final class Markdown {
    private static final String REMARKS = """
            A ratio is the median of pgwire divided by that of the other, from rounds that took turns in one run; where a row
            names another subject, its median takes the place of pgwire's. More is better for what is counted per second, less
            for everything else. Rows in which pgwire is behind stand here like the others. *drain* reads the same bytes and
            only finds the messages; *byhand* has every byte of this work hard-coded: no driver is either. *bare* is byhand on a
            socket channel, with one write, one wait and one read for a short answer; by TLS it has the JDK's engine and a buffer
            each way.

            Latency in P1 is that of a prepared statement; pgbench's rounds are four times as long as the others', and its CPU is
            that of a process with all statements less that of a process with one. Where no setting is named, client and server
            share one core and talk in the clear over TCP; a core each pins them to one each. By TLS all use the same cipher, and
            verify no certificate: before each work the server is asked. In P9 and P20 client and server share one core where
            the row is about statements or connections. In P7 pgwire takes
            all rows in one call, the others in batches of 1,000, and each gets one transaction. Tables have no log, so that
            the server's disk is not measured. In P14 pgjdbc and vertx give the range and the composite as text, which the
            contestant takes apart. In P12 the sizes stand where elsewhere the contestants stand. A line is fitted
            through them by the least squares of the relative errors: a fixed cost for each piece of work, and a cost for each
            unit more. A ratio is what was measured at a size by what the line says; the last one is what a unit costs at the
            largest size, the fixed cost taken off, by what it costs at the middle one. In the time, but not in the client CPU,
            is what the server takes to make a field: above a megabyte that is most of it. pgwire and vertx run on NIO, pgjdbc on plain sockets, vertx-epoll and r2dbc on epoll where it can be loaded.

            In P6 a connection has 64 statements in flight, each with a Sync of its own, and the end of each begins the next; client
            and server are on a core each. byhand holds back what is to be sent while the server has enough to do, and lets answers
            gather for a moment before it reads them. In P15 and P16 a pool has eight connections at most. hikari is HikariCP with
            pgjdbc, vertx-pool is vertx' pool, whose connections serve one borrower at a time, vertx-pipelining is its pooled client:
            four connections that serve many callers at once, and a pool of four for the transactions. In P16 a thousand virtual
            threads of Java 21 or later call and wait, and the percentiles are medians of those of the rounds; a transaction counts as
            two selects. In P17 the subscriber asks for 1,000 rows at a time: vertx and r2dbc read them from a cursor, a round trip
            for each thousand, and pgwire reads no further in the socket.

            In P8 drain sends text that was made before: what a COPY in text can reach at most, since the server has to read it.
            In P18 psql copies to the null device and tells the time of the COPY itself; drain only finds the frames.

            The picture has a line for each row that compares drivers, and for each driver the cheaper of its variants
            (vertx or vertx-epoll). With an INSERT for each row that is pgjdbc without rewriting, which sends such INSERTs; with bulk
            insert it is pgjdbc with rewriting, and no floor is shown, since byhand sends an INSERT for each row.
            """;

    private final Report report;

    /** Of a report. */
    public Markdown(Report report) {
        this.report = report;
    }

    /** The text of the file. */
    public String text() {
        StringBuilder text = new StringBuilder("# Compared side by side\n\n");
        environment(text);
        text.append('\n').append(REMARKS).append("\n## Ratios\n\n").append(ratios());
        numbers(text);
        return text.toString();
    }

    private void environment(StringBuilder text) {
        Environment on = report.environment();
        text.append("| | |\n|---|---|\n");
        line(text, "measured", on.date() + ", commit " + on.commit());
        line(text, "command", "`" + on.command() + "`");
        line(text, "server", on.server() + "; " + on.serverKind());
        line(text, "JVM", on.jvm() + ", `" + on.jvmFlags() + "` and a heap of 256 MB for every contestant, 2 GB in P4");
        line(
                text,
                "versions",
                on.versions().entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", ")));
        line(text, "machine", on.cpu() + ", " + on.system());
        line(
                text,
                "P1",
                on.oneCore()
                        ? "client and server process on one core, or on a core each where a row says so"
                        : "**not on one core**, which could not be had: its numbers say little");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    /** The table of ratios alone. */
    public String ratios() {
        StringBuilder text = new StringBuilder("| # | work | target | met | ratios |\n|---|---|---|---|---|\n");
        for (Row row : report.rows()) {
            @Nullable String target = row.target();
            Growth growth = row.growth();
            text.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.id(),
                            row.metric() + (row.subject().equals(Metric.PGWIRE) ? "" : " (" + row.subject() + ")"),
                            target == null ? "" : target,
                            verdict(row.met()),
                            row.ratios().entrySet().stream()
                                            .map(ratio -> String.format(
                                                    Locale.ROOT, "%s %.2f", ratio.getKey(), ratio.getValue()))
                                            .collect(Collectors.joining(", "))
                                    + (growth == null ? "" : "; " + growth.in(row.unit()))));
        }
        return text.toString();
    }

    private static String verdict(@Nullable Boolean met) {
        return met == null ? "–" : met ? "yes" : "**no**";
    }

    private void numbers(StringBuilder text) {
        text.append("\n## Numbers\n\nMedian (least to most of the rounds that count).\n");
        for (Row row : report.rows()) {
            text.append("\n**%s** %s, %s\n\n".formatted(row.id(), row.metric(), row.unit()));
            text.append("| | median | spread | rounds |\n|---|--:|---|--:|\n");
            for (Map.Entry<String, Summary> one : row.contestants().entrySet()) {
                Summary summary = one.getValue();
                text.append("| %s | %s | %s to %s | %d |\n"
                        .formatted(
                                one.getKey(),
                                number(summary.median()),
                                number(summary.min()),
                                number(summary.max()),
                                summary.rounds()));
            }
            if (row.contestants().isEmpty()) {
                text.append("| not measured | | | |\n");
            }
        }
    }

    /** Three digits that count, more of them only for whole numbers. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
