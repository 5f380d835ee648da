package org.jameschatmail.guice.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.RelayConfiguration;
import org.jameschatmail.core.configuration.TlsConfiguration;
import org.jameschatmail.core.configuration.TlsMode;
import org.jameschatmail.core.doctor.CertificateReview;
import org.jameschatmail.core.doctor.Finding;
import org.jameschatmail.core.doctor.OrderReview;
import org.jameschatmail.core.doctor.SettingsReview;
import org.jameschatmail.core.doctor.Subject;
import org.jameschatmail.guice.acme.AcmeFiles;
import org.jameschatmail.guice.tls.CertificateFiles;
import org.jameschatmail.protocols.tls.PemFile;
import org.jameschatmail.protocols.tls.TlsIdentity;

/** Looks at the certificate that the server has or will have. */
public record CertificateExamination(ChatmailConfiguration configuration, Path data, Clock clock) {

    public List<Finding> findings() {
        try {
            if (configuration.tls().mode() == TlsMode.ACME) {
                return ordered();
            }
            List<X509Certificate> chain = chain();
            return chain.isEmpty() ? List.of(review().ofNone()) : review().of(chain.get(0), isTrusted(chain));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    Subject.CERTIFICATE, String.valueOf(e.getMessage()), "Mend it: the server doesn't start."));
        }
    }

    private List<X509Certificate> chain() throws IOException {
        TlsConfiguration tls = configuration.tls();
        return switch (tls.mode()) {
            case FILES ->
                new CertificateFiles(
                                tls.certificate().orElseThrow(),
                                tls.privateKey().orElseThrow())
                        .obtain(clock)
                        .chain();
            case SELF_SIGNED -> {
                Path file = data.resolve("tls/certificate.pem");
                yield Files.exists(file)
                        ? PemFile.read("tls.mode=self-signed", file).chain()
                        : List.of();
            }
            case ACME -> List.of();
        };
    }

    private List<Finding> ordered() throws IOException {
        AcmeFiles files = AcmeFiles.in(data);
        String directory = configuration.acme().directory().getHost();
        OrderReview order = new OrderReview(files.state(), directory);
        Optional<TlsIdentity> present = files.identity();
        if (present.isEmpty()) {
            return List.of(order.ofNone());
        }
        Optional<TlsIdentity> certified = files.certified();
        if (certified.isEmpty()) {
            return List.of(order.ofStandIn());
        }
        List<X509Certificate> chain = certified.get().chain();
        List<Finding> findings = new ArrayList<>(review().of(chain.get(0), isTrusted(chain)));
        order.ofRenewal().ifPresent(findings::add);
        return findings;
    }

    private CertificateReview review() {
        RelayConfiguration relay = configuration.relay();
        String domain = relay.domain().host();
        Set<String> names = new LinkedHashSet<>(List.of(relay.hostname().host(), domain));
        boolean named = !relay.domain().isAddressLiteral();
        if (named) {
            names.add("mta-sts." + domain);
            names.add("autoconfig." + domain);
        }
        boolean needsAuthority =
                named && !domain.startsWith("_") && !SettingsReview.isOfThisMachineAlone(relay.domain());
        return new CertificateReview(List.copyOf(names), needsAuthority, clock);
    }

    /** By the roots that the server itself uses for others: the JDK's, or those of javax.net.ssl.trustStore. */
    private static boolean isTrusted(List<X509Certificate> chain) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager trust : factory.getTrustManagers()) {
                if (trust instanceof X509TrustManager roots) {
                    roots.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
