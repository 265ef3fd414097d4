/** The codecs of addresses in networks. */
@NullMarked
package dev.pgwire.internal.codec.network;

import org.jspecify.annotations.NullMarked;
