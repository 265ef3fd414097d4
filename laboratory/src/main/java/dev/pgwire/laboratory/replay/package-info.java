/** Conversations in files: recorded, read, replayed as either side, and compared message by message. */
@NullMarked
package dev.pgwire.laboratory.replay;

import org.jspecify.annotations.NullMarked;
