/** Programs that connect, read one row or many of them one by one, and end: what P9 starts, each with the jars of its own driver and no others. */
@NullMarked
package dev.pgwire.benchmarks.compare.start;

import org.jspecify.annotations.NullMarked;
