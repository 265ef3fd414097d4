/** Runs scripts: the clients on their event loops, the clock that has them begin, and what is counted meanwhile. */
@NullMarked
package dev.pgwire.bench.run;

import org.jspecify.annotations.NullMarked;
