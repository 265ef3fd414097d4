/** What authentication computes: SCRAM-SHA-256, md5 and the messages of OAUTHBEARER, without any input or output. */
@NullMarked
package dev.pgwire.protocol.auth;

import org.jspecify.annotations.NullMarked;
