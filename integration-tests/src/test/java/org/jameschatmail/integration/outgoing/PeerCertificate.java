package org.jameschatmail.integration.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jameschatmail.integration.server.Folders;

/** A certificate that signs itself, made by the JDK's {@code keytool}, and files of those that are to be trusted. */
public final class PeerCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path keys;

    private PeerCertificate(Path keys) {
        this.keys = keys;
    }

    static PeerCertificate of(String name) {
        Path keys = Folders.createTemporary("chatmail-peer-").resolve("keys.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-alias",
                "peer",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                new String(PASSWORD));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new PeerCertificate(keys);
    }

    SSLContext serverContext() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(open(), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Certificate certificate() {
        try {
            return open().getCertificate("peer");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore open() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** The certificate in a PEM file. */
    public static Certificate read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Options by which a JVM trusts these certificates and no others. */
    public static String trusting(Certificate... certificates) {
        Path file = Folders.createTemporary("chatmail-trust-").resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            for (int index = 0; index < certificates.length; index++) {
                store.setCertificateEntry("trusted" + index, certificates[index]);
            }
            store.store(out, PASSWORD);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                .formatted(file, new String(PASSWORD));
    }
}
