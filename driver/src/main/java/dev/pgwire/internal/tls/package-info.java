/** What a configuration says about TLS, turned into engines that judge as libpq does. Nothing here is loaded without TLS. */
@NullMarked
package dev.pgwire.internal.tls;

import org.jspecify.annotations.NullMarked;
