package org.jameschatmail.protocols.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys in PEM: chains, PKCS#8, and the older forms {@code EC PRIVATE KEY} and
 * {@code RSA PRIVATE KEY}. Encrypted keys are refused, since nobody is there at the start to type a password. Text
 * around the blocks is skipped. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class PemFile {
    private static final int MAXIMUM_BYTES = 1_048_576;
    private static final int LINE = 64;
    private static final Pattern BEGIN =
            Pattern.compile("^-----BEGIN ([A-Z0-9 ]{1,64})-----[ \\t]*\\r?$", Pattern.MULTILINE);
    private static final List<String> KEY_TYPES = List.of("EC", "RSA");

    private final String name;
    private final String location;
    private final List<Block> blocks;

    /** What stands between BEGIN and END of one label. */
    private record Block(String label, String body) {
        boolean isCertificate() {
            return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
        }

        boolean isEncrypted() {
            return label.equals("ENCRYPTED PRIVATE KEY") || body.contains("Proc-Type: 4,ENCRYPTED");
        }

        byte[] content() {
            return Base64.getMimeDecoder().decode(body);
        }
    }

    private PemFile(String name, String location, List<Block> blocks) {
        this.name = name;
        this.location = location;
        this.blocks = blocks;
    }

    /**
     * @param name what the operator calls the file: {@code tls.certificate}
     * @throws UnusableCertificateException when it can't be read or isn't PEM
     */
    public static PemFile read(String name, Path file) throws UnusableCertificateException {
        try (InputStream content = Files.newInputStream(file)) {
            return read(name, file.toString(), content);
        } catch (NoSuchFileException e) {
            throw new UnusableCertificateException(name + ": there is no file " + file, e);
        } catch (UnusableCertificateException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableCertificateException(name + ": " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** The same of a stream, which the caller closes; {@code location} is for messages. */
    public static PemFile read(String name, String location, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAXIMUM_BYTES + 1);
        if (bytes.length > MAXIMUM_BYTES) {
            throw new UnusableCertificateException(name + ": " + location + " is larger than 1 MiB");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        for (int from = 0; begin.find(from); ) {
            String end = "-----END " + begin.group(1) + "-----";
            int stop = text.indexOf(end, begin.end());
            if (stop < 0) {
                throw new UnusableCertificateException(name + ": " + location + " is not well-formed PEM");
            }
            blocks.add(new Block(begin.group(1), text.substring(begin.end(), stop)));
            from = stop + end.length();
        }
        return new PemFile(name, location, List.copyOf(blocks));
    }

    /** One PEM block, lines of 64 characters. */
    public static String encode(String label, byte[] content) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /**
     * All certificates, in their order.
     *
     * @throws UnusableCertificateException when there is none or one is malformed
     */
    public List<X509Certificate> chain() throws UnusableCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Block block : blocks) {
            if (block.isCertificate()) {
                chain.add(certificate(block));
            }
        }
        if (chain.isEmpty()) {
            throw new UnusableCertificateException(name + ": no PEM certificate in " + location);
        }
        return chain;
    }

    private X509Certificate certificate(Block block) throws UnusableCertificateException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new UnusableCertificateException(name + ": a certificate in " + location + " is malformed", e);
        }
    }

    /**
     * The first private key, EC or RSA.
     *
     * @throws UnusableCertificateException when there is none, or it is malformed, encrypted or of another type
     */
    public PrivateKey privateKey() throws UnusableCertificateException {
        for (Block block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return privateKey(block);
            }
        }
        throw new UnusableCertificateException(name + ": no PEM private key in " + location);
    }

    private PrivateKey privateKey(Block block) throws UnusableCertificateException {
        if (block.isEncrypted()) {
            throw new UnusableCertificateException(
                    name + ": the private key in " + location + " is encrypted; a key without a password is needed");
        }
        try {
            // Bouncy Castle takes a quarter of a second to load, so it is asked for what Java can't read alone.
            byte[] pkcs8 = block.label().equals("PRIVATE KEY")
                    ? block.content()
                    : OlderPrivateKey.toPkcs8(encode(block.label(), block.content()));
            return privateKey(pkcs8);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new UnusableCertificateException(
                    name + ": the private key in " + location + " is malformed or neither EC nor RSA", e);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException fault = new GeneralSecurityException("no key type");
        for (String type : KEY_TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                fault = e;
            }
        }
        throw fault;
    }
}
