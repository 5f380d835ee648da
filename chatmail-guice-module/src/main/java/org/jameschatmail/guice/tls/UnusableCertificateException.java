package org.jameschatmail.guice.tls;

import java.io.IOException;

/** A certificate or private key can't be used. The message names the configuration key and the file, never the key. */
public final class UnusableCertificateException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
