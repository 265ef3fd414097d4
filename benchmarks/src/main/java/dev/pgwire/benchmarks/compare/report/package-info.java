/** What came out: the numbers, the targets, and the files they are written to. */
@NullMarked
package dev.pgwire.benchmarks.compare.report;

import org.jspecify.annotations.NullMarked;
