/** What the listeners present and how they encrypt: certificates and keys in PEM, and TLS of a James listener. */
@NullMarked
package org.jameschatmail.protocols.tls;

import org.jspecify.annotations.NullMarked;
