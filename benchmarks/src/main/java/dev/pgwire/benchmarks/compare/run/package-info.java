/** How it is compared: processes, alternating rounds, one core, progress. */
@NullMarked
package dev.pgwire.benchmarks.compare.run;

import org.jspecify.annotations.NullMarked;
