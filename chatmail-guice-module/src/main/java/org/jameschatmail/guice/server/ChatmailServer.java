package org.jameschatmail.guice.server;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.james.GuiceJamesServer;
import org.apache.james.utils.GuiceProbe;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.configuration.AcmeConfiguration;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.LocalDeliveryMode;
import org.jameschatmail.core.configuration.MailboxStore;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.jameschatmail.core.configuration.Settings;
import org.jameschatmail.core.configuration.TlsConfiguration;
import org.jameschatmail.core.configuration.TlsMode;
import org.jameschatmail.guice.account.AccountModule;
import org.jameschatmail.guice.acme.AcmeAuthority;
import org.jameschatmail.guice.acme.AcmeCertificate;
import org.jameschatmail.guice.acme.AcmeFiles;
import org.jameschatmail.guice.acme.CertificateRenewal;
import org.jameschatmail.guice.admin.AdminRoutesModule;
import org.jameschatmail.guice.admin.AdminToken;
import org.jameschatmail.guice.admin.BearerTokenFilter;
import org.jameschatmail.guice.backup.BackupModule;
import org.jameschatmail.guice.configuration.ConfigurationModule;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.delivery.DeliveryModule;
import org.jameschatmail.guice.dns.DnsModule;
import org.jameschatmail.guice.expiry.ExpiryModule;
import org.jameschatmail.guice.health.HealthModule;
import org.jameschatmail.guice.imap.ImapModule;
import org.jameschatmail.guice.mailbox.JdbcMailboxModule;
import org.jameschatmail.guice.metadata.AppVersions;
import org.jameschatmail.guice.moving.MovingModule;
import org.jameschatmail.guice.outgoing.OutgoingModule;
import org.jameschatmail.guice.push.PushModule;
import org.jameschatmail.guice.queue.JdbcMailQueueModule;
import org.jameschatmail.guice.smtp.SmtpModule;
import org.jameschatmail.guice.statistics.StatisticsModule;
import org.jameschatmail.guice.store.DataModule;
import org.jameschatmail.guice.store.Database;
import org.jameschatmail.guice.store.JpaMailboxModule;
import org.jameschatmail.guice.tls.CertificateFiles;
import org.jameschatmail.guice.tls.CertificateNames;
import org.jameschatmail.guice.tls.CertificateSource;
import org.jameschatmail.guice.tls.SelfSignedCertificate;
import org.jameschatmail.guice.tls.TlsStore;
import org.jameschatmail.guice.transport.PublishedRecords;
import org.jameschatmail.guice.web.PublicWebModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running chatmail server: data directory, certificate, database, James, and the public web server. What was opened
 * is closed in the opposite order, also when a start fails half-way.
 */
public final class ChatmailServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChatmailServer.class);

    private final ChatmailConfiguration configuration;
    private final Settings settings;
    private final ServerDirectories directories;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final PendingChallenges challenges = new PendingChallenges();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private RegistrationMode registrationMode = RegistrationMode.CLOSED;

    private ChatmailServer(ConfigurationResult.Loaded loaded, ServerDirectories directories) {
        this.configuration = loaded.configuration();
        this.settings = loaded.settings();
        this.directories = directories;
    }

    /**
     * Starts everything; when it returns, every listener accepts.
     *
     * @param data locked by the caller, released here, also when the start fails
     * @param progress is told each step when it begins
     * @throws StartException when the operator has to mend something; nothing is left open then
     */
    public static ChatmailServer start(
            ConfigurationResult.Loaded loaded,
            ServerDirectories directories,
            DataDirectory data,
            Consumer<StartStep> progress)
            throws StartException {
        ChatmailServer server = new ChatmailServer(loaded, directories);
        server.opened.push(data);
        try {
            server.open(progress);
            return server;
        } catch (StartException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Who gets a new account, as it was when the server started. */
    public RegistrationMode registrationMode() {
        return registrationMode;
    }

    private void open(Consumer<StartStep> progress) throws StartException {
        progress.accept(StartStep.CHECKS);
        BindAddresses.requireKnownToJames(configuration.listen().bindAddresses());
        Ports.requireFree(configuration.listen());
        AdminToken adminToken = adminToken();
        CertificateSource certificate = certificateSource();
        TlsStore tls = tlsStore(certificate);
        AppVersions appVersions = appVersions();
        requireWebFolder();
        progress.accept(StartStep.DATABASE);
        Database database = database();
        opened.push(database);
        progress.accept(StartStep.MAIL_SERVER);
        ServerParts parts = startJames(database, adminToken, tls, certificate, appVersions);
        progress.accept(StartStep.WEB_SERVER);
        registrationMode = parts.registration().mode();
        startWeb(parts);
        CertificateRefresh refresh = new CertificateRefresh(tls, parts, clock);
        opened.push(refresh);
        refresh.start();
        if (configuration.tls().mode() == TlsMode.ACME) {
            CertificateRenewal renewal = renewal(refresh);
            opened.push(renewal);
            renewal.start();
        }
    }

    private CertificateRenewal renewal(CertificateRefresh refresh) {
        AcmeConfiguration acme = configuration.acme();
        AcmeFiles files = AcmeFiles.in(directories.data());
        return new CertificateRenewal(
                CertificateRenewal.Settings.of(configuration.relay(), acme),
                files,
                new AcmeAuthority(files, acme, challenges, clock, random),
                new PublishedRecords(configuration.delivery().dnsServers()),
                refresh::soon,
                clock,
                random);
    }

    private AdminToken adminToken() throws StartException {
        try {
            return AdminToken.of(directories.data(), random);
        } catch (IOException e) {
            throw StartException.of(e);
        }
    }

    private CertificateSource certificateSource() throws StartException {
        TlsConfiguration tls = configuration.tls();
        return switch (tls.mode()) {
            case SELF_SIGNED -> new SelfSignedCertificate(directories.data(), certificateNames(), random);
            case FILES ->
                new CertificateFiles(
                        tls.certificate().orElseThrow(), tls.privateKey().orElseThrow());
            case ACME ->
                new AcmeCertificate(
                        AcmeFiles.in(directories.data()),
                        new SelfSignedCertificate(directories.data(), certificateNames(), random));
        };
    }

    private CertificateNames certificateNames() {
        boolean loopback = configuration.listen().bindAddresses().stream()
                .anyMatch(address -> address.isLoopbackAddress() || address.isAnyLocalAddress());
        return CertificateNames.of(
                configuration.relay().domain().text(),
                configuration.relay().hostname().text(),
                loopback);
    }

    private TlsStore tlsStore(CertificateSource source) throws StartException {
        try {
            return TlsStore.open(source, clock);
        } catch (IOException e) {
            throw StartException.of(e);
        }
    }

    private AppVersions appVersions() throws StartException {
        try {
            return AppVersions.open(configuration.app().versions(), clock);
        } catch (IOException e) {
            throw StartException.of(e);
        }
    }

    private void requireWebFolder() throws StartException {
        Optional<Path> folder = configuration.web().folder();
        if (folder.isPresent() && !Files.isReadable(folder.get().resolve("."))) {
            throw new StartException("web.folder: there is no folder %s that can be read".formatted(folder.get()));
        }
    }

    private Database database() throws StartException {
        String url = configuration.store().url().orElse("");
        try {
            return Database.open(url, directories.data());
        } catch (SQLException e) {
            String where = url.isEmpty() ? "in " + directories.data() : "of store.url";
            throw new StartException("The database %s can't be opened: %s".formatted(where, e.getMessage()), e);
        }
    }

    private ServerParts startJames(
            Database database,
            AdminToken adminToken,
            TlsStore tls,
            CertificateSource certificate,
            AppVersions appVersions)
            throws StartException {
        Module added = Modules.combine(
                JamesModules.all(),
                new ConfigurationBindings(configuration, settings),
                new DataModule(database),
                mailboxes(),
                new JdbcMailQueueModule(),
                delivery(),
                new OutgoingModule(),
                PushModule.of(configuration.push()),
                new AccountModule(),
                new PublicWebModule(),
                new AdminRoutesModule(),
                new StatisticsModule(),
                new HealthModule(),
                new BackupModule(),
                new RunningPartsModule(adminToken, tls, challenges, appVersions));
        Module replaced = Modules.combine(
                new ConfigurationModule(directories, JamesValuesFactory.of(configuration, certificate)),
                new DnsModule(),
                new ImapModule(),
                new SmtpModule(),
                new AdminModule());
        GuiceJamesServer james = GuiceJamesServer.forConfiguration(ConfigurationModule.forJames(directories))
                .combineWith(added)
                .overrideWith(replaced);
        opened.push(james::stop);
        try {
            james.start();
            return james.getProbe(ServerParts.class);
        } catch (Exception e) {
            throw new StartException("The mail server doesn't start: " + rootCause(e), e);
        }
    }

    private Module mailboxes() {
        return switch (configuration.store().mailbox()) {
            case JDBC -> Modules.combine(new JdbcMailboxModule(), new ExpiryModule(), new MovingModule());
            case JPA -> {
                LOGGER.warn("With store.mailbox=jpa nothing expires: neither messages nor accounts");
                yield new JpaMailboxModule();
            }
        };
    }

    /** James' JPA mailboxes have no way to append within a transaction of ours. */
    private Module delivery() {
        boolean direct = configuration.store().mailbox() == MailboxStore.JDBC
                && configuration.delivery().local() == LocalDeliveryMode.DIRECT;
        return direct ? DeliveryModule.direct() : DeliveryModule.spool();
    }

    private void startWeb(ServerParts parts) throws StartException {
        opened.push(parts.web());
        try {
            parts.web().start();
        } catch (IOException e) {
            throw StartException.of(e);
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /** Ends everything, the listeners first; what was accepted is on disk already. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOGGER.error("{} didn't end cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }

    /** What was made before James and is asked for inside it, and the way back out. */
    private static final class RunningPartsModule extends AbstractModule {
        private final AdminToken adminToken;
        private final TlsStore tls;
        private final PendingChallenges challenges;
        private final AppVersions appVersions;

        RunningPartsModule(AdminToken adminToken, TlsStore tls, PendingChallenges challenges, AppVersions appVersions) {
            this.adminToken = adminToken;
            this.tls = tls;
            this.challenges = challenges;
            this.appVersions = appVersions;
        }

        @Override
        protected void configure() {
            bind(AdminToken.class).toInstance(adminToken);
            bind(TlsStore.class).toInstance(tls);
            bind(AppVersions.class).toInstance(appVersions);
            bind(PendingChallenges.class).toInstance(challenges);
            Multibinder.newSetBinder(binder(), GuiceProbe.class).addBinding().to(ServerParts.class);
        }
    }

    /** WebAdmin asks for our token instead of nothing. */
    private static final class AdminModule extends AbstractModule {
        @Override
        protected void configure() {
            bind(AuthenticationFilter.class).to(BearerTokenFilter.class);
        }
    }
}
