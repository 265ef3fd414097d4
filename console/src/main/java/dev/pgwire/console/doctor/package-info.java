/** {@code --doctor}: how a connection comes about, and what to do where it does not. */
@NullMarked
package dev.pgwire.console.doctor;

import org.jspecify.annotations.NullMarked;
