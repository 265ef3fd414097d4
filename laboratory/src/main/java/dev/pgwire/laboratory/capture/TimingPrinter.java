package dev.pgwire.laboratory.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints how long phases and statements took, a line for each, with tabs between its fields: when it began, the number of the connection,
 * what it is, milliseconds in all, to the first row, for Parse, for Bind and for Execute, the number of rows, what came of it, and the SQL in
 * one line. What there is not is empty. Remarks begin with {@code #}, as does the first line, which names the fields.
 */
public final class TimingPrinter implements Consumer<CaptureEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final String FIELDS =
            "# begin\tconnection\twhat\tms\tfirst row\tparse\tbind\texecute\trows\toutcome\tsql\n";

    private final Appendable out;
    private final ZoneId zone = ZoneId.systemDefault();
    private boolean begun;

    /** @param out where to; what it throws is thrown on */
    public TimingPrinter(Appendable out) {
        this.out = out;
    }

    /** @throws UncheckedIOException if the output fails */
    @Override
    public void accept(CaptureEvent event) {
        try {
            if (!begun) {
                begun = true;
                out.append(FIELDS);
            }
            if (event instanceof CapturedPhase phase) {
                begin(phase.begin(), phase.connection(), phase.kind().name().toLowerCase(Locale.ROOT));
                out.append(milliseconds(phase.took()))
                        .append("\t\t\t\t\t\t")
                        .append(phase.outcome())
                        .append("\t\n");
            } else if (event instanceof CapturedStatement statement) {
                print(statement);
            } else if (event instanceof CaptureRemark remark) {
                CapturedConnection connection = remark.connection();
                out.append("# ")
                        .append(connection == null ? "" : connection.number() + ": ")
                        .append(remark.text())
                        .append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(CapturedStatement statement) throws IOException {
        begin(statement.begin(), statement.connection(), "statement");
        out.append(milliseconds(statement.took())).append('\t');
        out.append(milliseconds(statement.firstRow())).append('\t');
        out.append(milliseconds(statement.parse())).append('\t');
        out.append(milliseconds(statement.bind())).append('\t');
        out.append(milliseconds(statement.execute())).append('\t');
        out.append(Long.toString(statement.rows()))
                .append('\t')
                .append(statement.outcome())
                .append('\t');
        String sql = statement.sql();
        out.append(sql == null ? "" : sql.strip().replaceAll("\\s+", " ")).append('\n');
    }

    private void begin(Instant time, CapturedConnection connection, String what) throws IOException {
        out.append(TIME.format(LocalDateTime.ofInstant(time, zone))).append('\t');
        out.append(Integer.toString(connection.number()))
                .append('\t')
                .append(what)
                .append('\t');
    }

    private static String milliseconds(@Nullable Duration duration) {
        return duration == null ? "" : String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e6);
    }
}
