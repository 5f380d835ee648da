package org.jameschatmail.core.doctor;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jameschatmail.core.acme.CertificateEnd;

/**
 * Whether clients and other servers will take a certificate.
 *
 * @param names that they ask for: the first is the mail host's, without which nothing works
 * @param needsAuthority whether it must be of an authority that all know: not for addresses and {@code _domains}
 */
public record CertificateReview(List<String> names, boolean needsAuthority, Clock clock) {
    private static final String CONSEQUENCE =
            "other servers don't deliver here, and clients come by dclogin: links alone";
    private static final String ADVICE =
            "Use tls.mode=acme, or tls.mode=files with a certificate of a public authority, all intermediates in the file.";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    public CertificateReview {
        names = List.copyOf(names);
    }

    /** @param trusted whether the chain leads to an authority that this machine knows */
    public List<Finding> of(X509Certificate certificate, boolean trusted) {
        List<Finding> findings = new ArrayList<>();
        validity(certificate, findings);
        coverage(certificate, findings);
        if (needsAuthority && !trusted) {
            fail(findings, "no authority that this machine knows has signed it: " + CONSEQUENCE, ADVICE);
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    Subject.CERTIFICATE,
                    "for " + String.join(", ", names) + " until "
                            + certificate.getNotAfter().toInstant()));
        }
        return findings;
    }

    /** Of the one that signs itself and isn't made yet. */
    public Finding ofNone() {
        return needsAuthority
                ? Finding.fail(
                        Subject.CERTIFICATE, "the first start makes one that signs itself: " + CONSEQUENCE, ADVICE)
                : Finding.ok(Subject.CERTIFICATE, "the first start makes one that signs itself");
    }

    private void validity(X509Certificate certificate, List<Finding> findings) {
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        Instant begin = certificate.getNotBefore().toInstant();
        if (now.isAfter(end)) {
            fail(findings, "it expired on " + end, "Renew it.");
        } else if (now.isBefore(begin)) {
            fail(findings, "it is valid from " + begin + " on only", "Look at the clock, or wait.");
        } else if (CertificateEnd.of(certificate).isNear(now)) {
            findings.add(Finding.warn(
                    Subject.CERTIFICATE,
                    "it expires on " + end,
                    "Renew it; changed files are taken up without a restart."));
        }
    }

    private void coverage(X509Certificate certificate, List<Finding> findings) {
        Set<String> certified = certified(certificate);
        List<String> missing =
                names.stream().filter(name -> !isCertified(name, certified)).toList();
        if (missing.contains(names.get(0))) {
            fail(findings, "it isn't for " + names.get(0), "Get one for " + String.join(", ", names) + ".");
        } else if (!missing.isEmpty()) {
            findings.add(Finding.warn(
                    Subject.CERTIFICATE,
                    "it isn't for " + String.join(", ", missing),
                    "Get one with these names too, or what is asked for by them fails."));
        }
    }

    private static boolean isCertified(String name, Set<String> certified) {
        int dot = name.indexOf('.');
        return certified.contains(name) || (dot > 0 && certified.contains("*" + name.substring(dot)));
    }

    private static Set<String> certified(X509Certificate certificate) {
        Set<String> certified = new LinkedHashSet<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                    certified.add(((String) name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException e) {
            return Set.of();
        }
        return certified;
    }

    private static void fail(List<Finding> findings, String seen, String advice) {
        findings.add(Finding.fail(Subject.CERTIFICATE, seen, advice));
    }
}
