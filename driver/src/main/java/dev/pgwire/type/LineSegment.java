package dev.pgwire.type;

/**
 * The straight line between two points, as the type lseg has it. Immutable. Source: PostgreSQL manual, 8.8.3 Line Segments.
 *
 * @param start one end
 * @param end the other end
 */
public record LineSegment(Point start, Point end) {}
