package dev.pgwire.laboratory.capture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A word about what cannot be read, or how a connection went.
 *
 * @param connection the connection; null for the whole capture
 * @param time that of the packet; null for the whole capture
 * @param text a sentence without its first capital and without its full stop
 */
public record CaptureRemark(
        @Nullable CapturedConnection connection, @Nullable Instant time, String text) implements CaptureEvent {}
