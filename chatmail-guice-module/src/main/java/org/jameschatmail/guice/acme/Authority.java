package org.jameschatmail.guice.acme;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jameschatmail.core.acme.ChallengeType;
import org.jameschatmail.core.acme.RenewalWindow;
import org.jameschatmail.protocols.tls.TlsIdentity;

/** Who signs certificates. Each call may wait for minutes; by one thread at a time. */
public interface Authority {
    /**
     * What is asked for.
     *
     * @param names the first is the required one
     * @param proof how the authority may convince itself
     * @param replaced the certificate that this one follows
     * @param resumed the address of an order for the same names that was under way when the server stopped
     * @param begun told the address of a new order as soon as it has one
     */
    record Request(
            List<String> names,
            ChallengeType proof,
            Optional<X509Certificate> replaced,
            Optional<URI> resumed,
            Consumer<URI> begun) {
        public Request {
            names = List.copyOf(names);
        }
    }

    /** What came of it. Every reason is a sentence for the operator, bounded and of one line. */
    sealed interface Outcome {
        /** The certificate and its key. */
        record Issued(TlsIdentity identity) implements Outcome {}

        /** Some names weren't shown to be ours, and why. */
        record Unproven(Map<String, String> reasons) implements Outcome {
            public Unproven {
                reasons = Map.copyOf(reasons);
            }
        }

        /** The authority said no to the order as a whole. */
        record Refused(String reason) implements Outcome {}

        /** The authority has heard too much of us. */
        record TooMany(String reason, Optional<Instant> notBefore) implements Outcome {}

        /** The authority couldn't be reached, or has trouble of its own. */
        record Unreachable(String reason) implements Outcome {}
    }

    /**
     * When a certificate is to be renewed.
     *
     * @param askAgain when that may have changed
     */
    record Advice(RenewalWindow window, Instant askAgain) {}

    /**
     * Has a certificate signed, and answers the authority's challenges meanwhile.
     *
     * @throws IOException where a file of ours can't be read or written
     * @throws InterruptedException when the server stops; the order can be resumed
     */
    Outcome order(Request request) throws IOException, InterruptedException;

    /** Asks when to renew; nothing where the authority gives no such advice, or none now. */
    Optional<Advice> advice(X509Certificate certificate);
}
