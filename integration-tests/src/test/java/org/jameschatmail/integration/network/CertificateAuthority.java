package org.jameschatmail.integration.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An authority that only this test knows. Its files are PEM.
 *
 * @param folder for its files and those it makes
 * @param name tells it from others in the same folder
 */
public record CertificateAuthority(Path folder, String name) {
    public static CertificateAuthority create(Path folder, String name) {
        CertificateAuthority authority = new CertificateAuthority(folder, name);
        authority.request(name, List.of("basicConstraints=critical,CA:TRUE"), List.of());
        return authority;
    }

    /** The certificate with which it signs. */
    public Path certificate() {
        return certificate(name);
    }

    public Path certificate(String subject) {
        return folder.resolve(subject + ".pem");
    }

    public Path key(String subject) {
        return folder.resolve(subject + "-key.pem");
    }

    /** Makes a certificate for a server, and its key. */
    public void issue(String subject, String... dnsNames) {
        String names = Arrays.stream(dnsNames).map(each -> "DNS:" + each).collect(Collectors.joining(","));
        request(
                subject,
                List.of("basicConstraints=critical,CA:FALSE", "subjectAltName=" + names, "extendedKeyUsage=serverAuth"),
                List.of("-CA", certificate().toString(), "-CAkey", key(name).toString()));
    }

    private void request(String subject, List<String> extensions, List<String> issuer) {
        Path configuration = folder.resolve(subject + ".conf");
        try {
            Files.writeString(
                    configuration,
                    "[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\n" + String.join("\n", extensions)
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-days",
                "30",
                "-nodes",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256"));
        command.addAll(List.of("-config", configuration.toString(), "-subj", "/CN=" + subject));
        command.addAll(List.of(
                "-out", certificate(subject).toString(), "-keyout", key(subject).toString()));
        command.addAll(issuer);
        Programs.run(command);
    }
}
