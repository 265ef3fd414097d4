package dev.pgwire.laboratory.capture;

import org.jspecify.annotations.Nullable;

/** What a {@link Sniffer} tells, in the order of the capture. */
public sealed interface CaptureEvent permits CapturedMessage, CapturedPhase, CapturedStatement, CaptureRemark {
    /** The connection that it is about; null only for a remark on the whole capture. */
    @Nullable
    CapturedConnection connection();
}
