package dev.pgwire.benchmarks.compare.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a dot on a line of the picture. Colour and shape both tell them apart; the colours are those of Okabe and Ito, which
 * people who see few colours can tell apart too.
 */
enum Mark {
    PGJDBC("pgjdbc", new Color(0x0072B2), "pgjdbc", "pgjdbc-rewritten", "hikari"),
    VERTX("vertx-pg-client", new Color(0xE69F00), "vertx", "vertx-epoll", "vertx-pool", "vertx-pipelining"),
    R2DBC("r2dbc-postgresql", new Color(0xCC79A7), "r2dbc"),
    LIBPQ("libpq", new Color(0x009E73), "libpq", "psql"),
    FLOOR("floor: written by hand, no driver", new Color(0x6B6B6B), "byhand", "bare");

    private static final double SIZE = 11;

    private final String title;
    private final Color color;
    private final List<String> contestants;

    Mark(String title, Color color, String... contestants) {
        this.title = title;
        this.color = color;
        this.contestants = List.of(contestants);
    }

    /** As readers know it. */
    String title() {
        return title;
    }

    Color color() {
        return color;
    }

    /** The cheaper of its variants that took part in a row; null if none did. */
    @Nullable
    String contestant(Row row, List<String> besides) {
        return contestants.stream()
                .filter(contestant -> !besides.contains(contestant) && row.costOf(contestant) != null)
                .min(Comparator.comparing(row::costOf))
                .orElse(null);
    }

    /** Its shape around a point. */
    Shape at(double x, double y) {
        double half = SIZE / 2;
        return switch (this) {
            case PGJDBC -> new Ellipse2D.Double(x - half, y - half, SIZE, SIZE);
            case VERTX -> polygon(x, y - half - 1, x + half + 1, y, x, y + half + 1, x - half - 1, y);
            case R2DBC -> polygon(x, y - half - 0.5, x + half + 0.5, y + half - 0.5, x - half - 0.5, y + half - 0.5);
            case LIBPQ -> new Rectangle2D.Double(x - half + 0.5, y - half + 0.5, SIZE - 1, SIZE - 1);
            case FLOOR -> new Rectangle2D.Double(x - 1.5, y - half - 2, 3, SIZE + 4);
        };
    }

    private static Shape polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }
}
