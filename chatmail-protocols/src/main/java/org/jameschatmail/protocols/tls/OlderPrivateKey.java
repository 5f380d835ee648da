package org.jameschatmail.protocols.tls;

import java.io.IOException;
import java.io.StringReader;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** The forms of a private key in PEM from before PKCS#8, which OpenSSL still writes. */
final class OlderPrivateKey {
    private OlderPrivateKey() {}

    /**
     * @param pem a whole block, {@code EC PRIVATE KEY} or {@code RSA PRIVATE KEY}, not encrypted
     * @throws IOException when it is neither
     */
    static byte[] toPkcs8(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PEMKeyPair pair) {
                return pair.getPrivateKeyInfo().getEncoded();
            }
            throw new IOException("not a private key of a kind that is known");
        }
    }
}
