/** What the laboratory costs. */
@NullMarked
package dev.pgwire.benchmarks.laboratory;

import org.jspecify.annotations.NullMarked;
