/** Where it is compared: the server, and the data on it. */
@NullMarked
package dev.pgwire.benchmarks.compare.server;

import org.jspecify.annotations.NullMarked;
