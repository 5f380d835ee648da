package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Fresh keys as PEM files, by the JDK alone. */
final class KeyFiles {
    private static final String PASSWORD = "changeit";

    private KeyFiles() {}

    /** Writes {@code certificate.pem} and {@code key.pem}: self-signed, elliptic curve P-256, as our server's. */
    static void certificate(Path folder, String name) throws IOException {
        Path store = folder.resolve("key.p12");
        Child.output(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "tls",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        try (InputStream stream = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stream, PASSWORD.toCharArray());
            write(
                    folder.resolve("certificate.pem"),
                    "CERTIFICATE",
                    keys.getCertificate("tls").getEncoded());
            Key key = keys.getKey("tls", PASSWORD.toCharArray());
            write(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read " + store, e);
        }
    }

    /** Writes an RSA key of 2048 bits, the size that DKIM keys have. */
    static void signingKey(Path file) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            write(file, "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no RSA", e);
        }
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + encoder.encodeToString(content) + "\n-----END " + type + "-----\n");
    }
}
