/** What is told of a run: as text, as JSON, as pictures. */
@NullMarked
package dev.pgwire.bench.report;

import org.jspecify.annotations.NullMarked;
