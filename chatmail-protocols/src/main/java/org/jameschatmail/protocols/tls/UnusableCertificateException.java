package org.jameschatmail.protocols.tls;

import java.io.IOException;

/** A certificate or private key can't be used. The message names the configuration key and the file, never the key. */
public final class UnusableCertificateException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableCertificateException(String message) {
        super(message);
    }

    public UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
