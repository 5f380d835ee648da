/**
 * The server's certificate: made by itself ({@link org.jameschatmail.guice.tls.SelfSignedCertificate}) or read from
 * files ({@link org.jameschatmail.guice.tls.CertificateFiles}), and presented by every listener through one
 * {@link org.jameschatmail.guice.tls.TlsStore}, in which it is swapped without a restart.
 */
@NullMarked
package org.jameschatmail.guice.tls;

import org.jspecify.annotations.NullMarked;
