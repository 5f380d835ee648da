/**
 * {@code tls.mode=acme}: certificates ordered from an authority and renewed in time
 * ({@link org.jameschatmail.guice.acme.CertificateRenewal}), which is spoken with through acme4j in
 * {@link org.jameschatmail.guice.acme.AcmeAuthority} alone. Its classes are loaded in this mode only.
 */
@NullMarked
package org.jameschatmail.guice.acme;

import org.jspecify.annotations.NullMarked;
