/** The language of the scripts: what a script is made of, how its text is read, and what its expressions give. */
@NullMarked
package dev.pgwire.bench.script;

import org.jspecify.annotations.NullMarked;
