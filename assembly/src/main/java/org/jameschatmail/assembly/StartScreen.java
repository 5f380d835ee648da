package org.jameschatmail.assembly;

import java.io.PrintStream;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.account.CredentialGenerator;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.guice.account.LoginLinks;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.server.StartStep;

/** What a person sees while the server starts, and then needs next. */
final class StartScreen {
    private final PrintStream out;
    private final ChatmailConfiguration configuration;
    private final ServerDirectories directories;
    private final long begin = System.nanoTime();

    StartScreen(PrintStream out, ConfigurationResult.Loaded loaded, ServerDirectories directories) {
        this.out = out;
        this.configuration = loaded.configuration();
        this.directories = directories;
    }

    void begin() {
        out.printf("%s for %s%n", Installation.version(), configuration.relay().domain());
    }

    void step(StartStep step) {
        out.printf(Locale.ROOT, "  [%d/%d] %s%n", step.ordinal() + 1, StartStep.values().length, step.text());
    }

    /**
     * The last line starts with {@code READY}; tools wait for it.
     *
     * @param registration the mode in force, which may be another than the configured one
     */
    void ready(RegistrationMode registration) {
        ListenConfiguration listen = configuration.listen();
        out.printf(
                """

                Mail      IMAP %d (TLS), %d (STARTTLS)   SMTP %d (TLS), %d (STARTTLS)   from other servers %d
                Web page  https://%s:%d/
                WebAdmin  http://127.0.0.1:%d/   its token is in %s
                Data      %s   log in %s
                """,
                listen.port(Service.IMAPS),
                listen.port(Service.IMAP),
                listen.port(Service.SUBMISSIONS),
                listen.port(Service.SUBMISSION),
                listen.port(Service.SMTP),
                webHost(),
                listen.port(Service.HTTPS),
                listen.port(Service.WEBADMIN),
                directories.data().resolve("admin-token"),
                directories.data(),
                directories.data().resolve("logs"));
        if (registration == RegistrationMode.OPEN && !Terminal.isJournal()) {
            invite();
        }
        out.printf(
                Locale.ROOT,
                "READY %s in %.1f s. Ctrl-C stops the server.%n",
                configuration.relay().domain(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 1000.0);
    }

    /** A fresh account: nothing is stored before somebody logs in with it. Its password doesn't go into a journal. */
    private void invite() {
        CredentialGenerator generator = new CredentialGenerator(
                configuration.relay().domain(), configuration.registration(), new SecureRandom());
        String link = new LoginLinks(configuration).of(generator.generate()).uri();
        out.printf("%nA new account: scan this in Delta Chat, or paste the link there.%n%n");
        out.println(TerminalQrCode.of(link, Terminal.isInteractive()));
        out.printf("%s%n%n", link);
    }

    private String webHost() {
        List<InetAddress> addresses = configuration.listen().bindAddresses();
        boolean loopback = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        return loopback
                ? addresses.get(0).getHostAddress()
                : configuration.relay().hostname().urlHost();
    }
}
