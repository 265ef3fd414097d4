package dev.pgwire.internal.codec.geometry;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.FloatText;
import dev.pgwire.internal.codec.ShortestDecimal;
import dev.pgwire.type.Point;
import java.util.ArrayList;
import java.util.List;

/** The text of shapes, as the server prints it. */
final class ShapeText {
    private final FieldCodec<?> codec;
    private final byte[] source;
    private final int from;
    private final int end;
    private int at;

    ShapeText(FieldCodec<?> codec, byte[] source, int from, int size) {
        this.codec = codec;
        this.source = source;
        this.from = from;
        this.at = from;
        this.end = from + size;
    }

    DataException bad() {
        return codec.badText(source, from, end - from);
    }

    boolean looksAt(char c) {
        return at < end && source[at] == c;
    }

    void take(char c) {
        if (!looksAt(c)) {
            throw bad();
        }
        at++;
    }

    /** Reads the number that ends where the character stands. */
    double number(char behind) {
        int start = at;
        while (at < end && source[at] != behind) {
            at++;
        }
        double number = FloatText.parseDouble(codec, source, start, at - start);
        take(behind);
        return number;
    }

    Point point() {
        take('(');
        double x = number(',');
        return new Point(x, number(')'));
    }

    /** Reads points with commas between them, at least one. */
    List<Point> points() {
        List<Point> points = new ArrayList<>();
        points.add(point());
        while (looksAt(',')) {
            at++;
            points.add(point());
        }
        return points;
    }

    void end() {
        if (at != end) {
            throw bad();
        }
    }

    static void print(Point point, StringBuilder out) {
        out.append('(').append(ShortestDecimal.of(point.x()));
        out.append(',').append(ShortestDecimal.of(point.y())).append(')');
    }

    static void print(List<Point> points, StringBuilder out) {
        String between = "";
        for (Point point : points) {
            out.append(between);
            print(point, out);
            between = ",";
        }
    }
}
