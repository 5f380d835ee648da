package org.jameschatmail.guice.acme;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jameschatmail.core.acme.CertifiedNames;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.acme.RenewalWindow;
import org.jameschatmail.core.address.IpAddress;
import org.jameschatmail.core.configuration.AcmeConfiguration;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authority that speaks ACME, through acme4j. Trusts the JDK's roots, or those of {@code javax.net.ssl.trustStore},
 * for the authority's own site.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8555">RFC 8555</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9773">RFC 9773: when to renew</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8738">RFC 8738: addresses</a>
 */
public final class AcmeAuthority implements Authority {
    private static final Logger LOGGER = LoggerFactory.getLogger(AcmeAuthority.class);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ADVICE_HOLDS = Duration.ofHours(6);
    private static final Duration ADVICE_AT_MOST = Duration.ofDays(1);
    private static final Duration ADVICE_AT_LEAST = Duration.ofHours(1);
    /** For addresses Let's Encrypt has this one alone. */
    private static final String FOR_ADDRESSES = "shortlived";

    private static final Set<Status> UNDER_WAY = Set.of(Status.PENDING, Status.READY, Status.PROCESSING, Status.VALID);

    private final AcmeFiles files;
    private final AcmeConfiguration configuration;
    private final PendingChallenges challenges;
    private final Clock clock;
    private final SecureRandom random;

    /** @param challenges what the listeners answer with */
    public AcmeAuthority(
            AcmeFiles files,
            AcmeConfiguration configuration,
            PendingChallenges challenges,
            Clock clock,
            SecureRandom random) {
        this.files = files;
        this.configuration = configuration;
        this.challenges = challenges;
        this.clock = clock;
        this.random = random;
    }

    /** An order and the key that it is for. */
    private record Begun(Order order, KeyPair key) {}

    @Override
    public Outcome order(Request request) throws IOException, InterruptedException {
        try {
            Login login = login();
            Optional<Begun> resumed = resumed(login, request);
            Begun begun = resumed.isPresent() ? resumed.get() : begin(login, request);
            return carryOut(begun, request);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (AcmeException | RuntimeException e) {
            // acme4j has no exception of its own for all that an authority may say.
            LOGGER.debug("The order failed: {}", e.toString());
            return Problems.outcome(e);
        } finally {
            challenges.clear();
        }
    }

    private Session session() {
        Session session = new Session(configuration.directory());
        session.setLocale(Locale.ENGLISH);
        session.networkSettings().setProxySelector(ProxySelector.getDefault());
        return session;
    }

    private Login login() throws IOException, AcmeException {
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(files.accountKey(random));
        configuration.email().ifPresent(builder::addEmail);
        Login login = builder.createLogin(session());
        updateContact(login.getAccount());
        return login;
    }

    /** An account that is there already keeps its contact until it is told. */
    private void updateContact(Account account) {
        Set<URI> wanted = configuration.email().stream()
                .map(email -> URI.create("mailto:" + email))
                .collect(Collectors.toSet());
        try {
            if (!wanted.isEmpty() && !new HashSet<>(account.getContacts()).equals(wanted)) {
                Account.EditableAccount changes = account.modify();
                changes.getContacts().clear();
                changes.getContacts().addAll(wanted);
                changes.commit();
            }
        } catch (AcmeException | AcmeProtocolException e) {
            LOGGER.warn("The certificate authority doesn't take acme.email: {}", Problems.line(e));
        }
    }

    private Optional<Begun> resumed(Login login, Request request) throws AcmeException, IOException {
        Optional<KeyPair> key = files.orderKey();
        if (request.resumed().isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        Order order = login.bindOrder(request.resumed().get().toURL());
        try {
            order.fetch();
        } catch (AcmeServerException gone) {
            return Optional.empty();
        }
        Set<String> names =
                order.getIdentifiers().stream().map(AcmeAuthority::name).collect(Collectors.toSet());
        boolean same = names.equals(Set.copyOf(request.names()));
        return same && UNDER_WAY.contains(order.getStatus())
                ? Optional.of(new Begun(order, key.get()))
                : Optional.empty();
    }

    private Begun begin(Login login, Request request) throws AcmeException, IOException {
        KeyPair key = files.newOrderKey(random);
        Order order;
        try {
            order = builder(login, request.names())
                    .replacing(request.replaced())
                    .create();
        } catch (AcmeRateLimitedException e) {
            throw e;
        } catch (AcmeServerException | AcmeProtocolException e) {
            if (request.replaced().isEmpty()) {
                throw e;
            }
            // Replaced already, by this server before it lost its memory, or given by another authority.
            order = builder(login, request.names()).create();
        }
        request.begun().accept(URI.create(order.getLocation().toString()));
        return new Begun(order, key);
    }

    /** A new order, with what this authority understands. */
    private record Placement(Login login, OrderBuilder builder) {
        Placement replacing(Optional<X509Certificate> certificate) throws AcmeException {
            if (certificate.isPresent()
                    && login.getSession()
                            .resourceUrlOptional(Resource.RENEWAL_INFO)
                            .isPresent()) {
                builder.replaces(certificate.get());
            }
            return this;
        }

        Order create() throws AcmeException {
            return builder.create();
        }
    }

    private static Placement builder(Login login, List<String> names) throws AcmeException {
        OrderBuilder builder = login.newOrder();
        names.forEach(name -> builder.identifier(identifier(name)));
        if (names.stream().anyMatch(CertifiedNames::isAddress)
                && login.getSession().getMetadata().isProfileAllowed(FOR_ADDRESSES)) {
            builder.profile(FOR_ADDRESSES);
        }
        return new Placement(login, builder);
    }

    private Outcome carryOut(Begun begun, Request request) throws AcmeException, InterruptedException {
        Order order = begun.order();
        if (order.getStatus() == Status.PENDING) {
            Optional<Outcome> unproven = new Proving(challenges, request.proof(), PATIENCE, random).of(order);
            if (unproven.isPresent()) {
                return unproven.get();
            }
            order.waitUntilReady(PATIENCE);
        }
        if (order.getStatus() == Status.READY) {
            order.execute(begun.key());
        }
        order.waitForCompletion(PATIENCE);
        if (order.getStatus() != Status.VALID) {
            return order.getError()
                    .map(Problems::outcome)
                    .orElseGet(() -> new Outcome.Refused("the order became invalid, without a reason"));
        }
        List<X509Certificate> chain = order.getCertificate().getCertificateChain();
        try {
            return new Outcome.Issued(new TlsIdentity(begun.key().getPrivate(), chain));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("what was given isn't a certificate of our key");
        }
    }

    @Override
    public Optional<Advice> advice(X509Certificate certificate) {
        try {
            Session session = session();
            if (session.resourceUrlOptional(Resource.RENEWAL_INFO).isEmpty()) {
                return Optional.empty();
            }
            // The question isn't signed: the account has no part in it.
            Login login = session.login(configuration.directory().toURL(), files.accountKey(random));
            RenewalInfo info = login.bindRenewalInfo(certificate);
            Optional<Instant> askAgain = info.fetch();
            return Optional.of(new Advice(
                    new RenewalWindow(info.getSuggestedWindowStart(), info.getSuggestedWindowEnd()),
                    bounded(askAgain)));
        } catch (AcmeException | IOException | RuntimeException e) {
            LOGGER.debug("The authority gives no advice when to renew: {}", e.toString());
            return Optional.empty();
        }
    }

    private Instant bounded(Optional<Instant> askAgain) {
        Instant now = clock.instant();
        Instant earliest = now.plus(ADVICE_AT_LEAST);
        Instant latest = now.plus(ADVICE_AT_MOST);
        Instant time = askAgain.orElse(now.plus(ADVICE_HOLDS));
        return time.isBefore(earliest) ? earliest : time.isAfter(latest) ? latest : time;
    }

    /** IPv6 in its shortest form, as RFC 8738 wants it. */
    private static Identifier identifier(String name) {
        return IpAddress.parse(name)
                .map(address -> new Identifier(Identifier.TYPE_IP, InetAddresses.toAddrString(address)))
                .orElseGet(() -> Identifier.dns(name));
    }

    /** As {@link CertifiedNames} writes it. */
    static String name(Identifier identifier) {
        return IpAddress.parse(identifier.getValue())
                .map(InetAddress::getHostAddress)
                .orElseGet(() -> identifier.getValue().toLowerCase(Locale.ROOT));
    }
}
