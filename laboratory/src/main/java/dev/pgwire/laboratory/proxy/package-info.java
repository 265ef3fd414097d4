/** A man in the middle that reads both sides, and lets a program look, change, drop, delay, inject, cut and stall. */
@NullMarked
package dev.pgwire.laboratory.proxy;

import org.jspecify.annotations.NullMarked;
