package dev.pgwire.benchmarks.compare.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A white sheet with shapes on it. Letters are shapes too, so that a reader needs none of the fonts of this machine. */
final class Sheet {
    /** What was drawn, a text with its words. */
    record Ink(Shape shape, Color color, String text) {}

    /** Where a text stands to its point. */
    enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final int width;
    private final int height;
    private final List<Ink> inks = new ArrayList<>();

    Sheet(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** In the order in which they cover each other. */
    List<Ink> inks() {
        return List.copyOf(inks);
    }

    void fill(Shape shape, Color color) {
        inks.add(new Ink(shape, color, ""));
    }

    /** A shape with a white rim, which keeps it apart from what it covers. */
    void fillRimmed(Shape shape, Color color) {
        fill(
                new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(shape),
                Color.WHITE);
        fill(shape, color);
    }

    void line(double x1, double y1, double x2, double y2, double thick, Color color) {
        fill(
                new BasicStroke((float) thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER)
                        .createStrokedShape(new Line2D.Double(x1, y1, x2, y2)),
                color);
    }

    /** Writes at a point of the base line. */
    void text(String text, double x, double y, Font font, Color color, Align align) {
        TextLayout layout = new TextLayout(text, font, EXACT);
        double left =
                switch (align) {
                    case LEFT -> x;
                    case CENTRE -> x - layout.getAdvance() / 2;
                    case RIGHT -> x - layout.getAdvance();
                };
        inks.add(new Ink(layout.getOutline(AffineTransform.getTranslateInstance(left, y)), color, text));
    }

    /** How wide a text would be. */
    static double width(String text, Font font) {
        return new TextLayout(text, font, EXACT).getAdvance();
    }

    /** As PNG, with this number of pixels for a unit. */
    void png(OutputStream out, int scale) throws IOException {
        BufferedImage image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        graphics.setColor(Color.WHITE);
        graphics.fill(new Rectangle2D.Double(0, 0, width, height));
        for (Ink ink : inks) {
            graphics.setColor(ink.color);
            graphics.fill(ink.shape);
        }
        graphics.dispose();
        ImageIO.write(image, "png", out);
    }

    /** As SVG. */
    String svg() {
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n"
                        .formatted(width, height, width, height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (Ink ink : inks) {
            svg.append("<path fill=\"#%06x\" d=\"".formatted(ink.color.getRGB() & 0xffffff));
            path(svg, ink.shape.getPathIterator(null));
            svg.append("\"/>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private static void path(StringBuilder svg, PathIterator path) {
        double[] points = new double[6];
        for (; !path.isDone(); path.next()) {
            int kind = path.currentSegment(points);
            // SEG_MOVETO, SEG_LINETO, SEG_QUADTO, SEG_CUBICTO and SEG_CLOSE are 0 to 4.
            svg.append("MLQCZ".charAt(kind));
            int numbers = kind == PathIterator.SEG_CLOSE ? 0 : 2 * Math.max(1, kind);
            for (int i = 0; i < numbers; i++) {
                svg.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%.2f", points[i]));
            }
        }
    }
}
