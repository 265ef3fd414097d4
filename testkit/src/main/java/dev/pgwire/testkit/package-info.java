/**
 * What tests against PostgreSQL need: a real server to talk to ({@link dev.pgwire.testkit.TestServer}) and one that
 * plays a script ({@link dev.pgwire.testkit.ScriptedServer}).
 */
@NullMarked
package dev.pgwire.testkit;

import org.jspecify.annotations.NullMarked;
