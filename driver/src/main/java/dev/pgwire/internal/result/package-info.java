/** What an answer is made of: results with their rows and tags, and how the request ended. Exchanges write it, cursors read it. */
@NullMarked
package dev.pgwire.internal.result;

import org.jspecify.annotations.NullMarked;
