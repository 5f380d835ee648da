package org.jameschatmail.guice.acme;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jameschatmail.core.acme.ChallengeType;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.address.IpAddress;
import org.jameschatmail.guice.acme.Authority.Outcome;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.xbill.DNS.ReverseMap;

/**
 * Shows an authority that the names of an order are ours: all at once, so that one that fails doesn't hide another.
 *
 * @param challenges what the listeners answer with
 * @param patience for all of them together
 */
record Proving(PendingChallenges challenges, ChallengeType proof, Duration patience, SecureRandom random) {
    private static final int RSA_BITS = 2048;
    private static final char[] NO_PASSWORD = new char[0];

    /** What went wrong; nothing when each name is shown. */
    Optional<Outcome> of(Order order) throws AcmeException, InterruptedException {
        Map<Authorization, Challenge> asked = new LinkedHashMap<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Authorization authorization : order.getAuthorizations()) {
            if (authorization.getStatus() == Status.VALID) {
                continue;
            }
            Optional<Challenge> challenge = authorization.findChallenge(proof.word());
            if (challenge.isPresent()) {
                offer(challenge.get(), authorization.getIdentifier());
                asked.put(authorization, challenge.get());
            } else {
                reasons.put(name(authorization), "the authority doesn't offer " + proof.word());
            }
        }
        // Only when all answers are there does the authority come.
        for (Challenge challenge : asked.values()) {
            if (challenge.getStatus() == Status.PENDING) {
                challenge.trigger();
            }
        }
        for (Map.Entry<Authorization, Challenge> each : asked.entrySet()) {
            if (each.getKey().waitForCompletion(patience) != Status.VALID) {
                reasons.put(name(each.getKey()), reason(each.getKey()));
            }
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Unproven(reasons));
    }

    private static String name(Authorization authorization) {
        return AcmeAuthority.name(authorization.getIdentifier());
    }

    private String reason(Authorization authorization) {
        return authorization
                .findChallenge(proof.word())
                .flatMap(Challenge::getError)
                .map(Problems::text)
                .orElse("the authority gives no reason");
    }

    private void offer(Challenge challenge, Identifier identifier) {
        if (challenge instanceof Http01Challenge file) {
            challenges.offerFile(file.getToken(), file.getAuthorization());
        } else if (challenge instanceof TlsAlpn01Challenge handshake) {
            challenges.offerHandshake(serverName(identifier), context(handshake, identifier));
        }
    }

    /** RFC 8738, section 6: an address stands there under its name in the reverse zone. */
    static String serverName(Identifier identifier) {
        return IpAddress.parse(identifier.getValue())
                .map(address -> ReverseMap.fromAddress(address).toString(true))
                .orElseGet(identifier::getValue);
    }

    private SSLContext context(TlsAlpn01Challenge challenge, Identifier identifier) {
        try {
            // acme4j signs these by RSA alone.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS, random);
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = challenge.createCertificate(keys, identifier);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("proof", keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, random);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has RSA, PKCS #12 and TLS", e);
        }
    }
}
