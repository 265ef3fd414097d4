/** What is compared: one file for each piece of work, P1 to P20. */
@NullMarked
package dev.pgwire.benchmarks.compare.work;

import org.jspecify.annotations.NullMarked;
