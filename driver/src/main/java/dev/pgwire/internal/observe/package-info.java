/** Who is told of statements and of connecting: the listeners of the program, and the flight recorder of the JDK. */
@NullMarked
package dev.pgwire.internal.observe;

import org.jspecify.annotations.NullMarked;
