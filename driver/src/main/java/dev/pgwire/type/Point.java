package dev.pgwire.type;

/**
 * A point in the plane. Either coordinate may be infinite or NaN. Immutable. Source: PostgreSQL manual, 8.8.1 Points.
 *
 * @param x the abscissa
 * @param y the ordinate
 */
public record Point(double x, double y) {}
