/** Signing what leaves this server: DKIM (RFC 6376), by RSA and Ed25519 (RFC 8463), relaxed/simple. */
@NullMarked
package org.jameschatmail.core.dkim;

import org.jspecify.annotations.NullMarked;
