/** Who is compared: one file for each driver and each baseline, connected and ready to work. */
@NullMarked
package dev.pgwire.benchmarks.compare.contestant;

import org.jspecify.annotations.NullMarked;
