package org.jameschatmail.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jameschatmail.benchmarks.load.mail.Integrity;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.peer.ChatmailPeer;
import org.jameschatmail.benchmarks.load.peer.Peer;
import org.jameschatmail.benchmarks.load.scenario.Drain;
import org.jameschatmail.benchmarks.load.scenario.GroupFanOut;
import org.jameschatmail.benchmarks.load.scenario.IdleConnections;
import org.jameschatmail.benchmarks.load.scenario.Onboarding;
import org.jameschatmail.benchmarks.load.scenario.Patience;
import org.jameschatmail.benchmarks.load.scenario.PingPong;
import org.jameschatmail.benchmarks.load.scenario.Scenario;
import org.jameschatmail.benchmarks.load.scenario.Target;
import org.jameschatmail.benchmarks.load.scenario.Throughput;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The load program itself, on the real server: it finds nothing wrong where nothing is, and what is wrong it finds. */
class LoadProgramIT {
    private static final int BYTES = 2000;
    // Long enough for a busy machine where nothing should go wrong.
    private static final Patience PATIENT = new Patience(Duration.ofSeconds(30), 2);
    // Short where something goes wrong for certain.
    private static final Patience IMPATIENT = new Patience(Duration.ofSeconds(5), 2);
    private static final UnaryOperator<String> UNCHANGED = line -> line;

    @TempDir
    static Path folder;

    private static Peer.Running server;
    private static byte[] keyStore;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("chatmail.launcher")).normalize();
        server = new ChatmailPeer("chatmail", launcher, folder.resolve("chatmail"), Map.of(), Optional.empty()).start();
        Path store = folder.resolve("proxy.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .start();
        assertThat(keytool.waitFor()).isZero();
        keyStore = Files.readAllBytes(store);
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new PingPong(10, BYTES, PATIENT),
                new Throughput(2, 3, 10, BYTES, PATIENT),
                new GroupFanOut(5, 2, BYTES, PATIENT),
                new Onboarding(5, 2),
                new Drain(10, BYTES, PATIENT),
                new IdleConnections(false, 5, 3, BYTES, Duration.ofMillis(1), Duration.ofMillis(2), PATIENT));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenarioShouldFindNothingWrongWhenServerWorks(Scenario scenario) throws IOException, InterruptedException {
        Sample sample = scenario.run(server.target());

        assertThat(sample.integrity()).isEqualTo(Integrity.WHOLE);
        assertThat(sample.figures()).isNotEmpty().doesNotContainValue(Double.NaN);
    }

    @Test
    void throughputShouldCountLostWhenAMessageGoesElsewhere() throws Exception {
        String elsewhere = elsewhere();
        UnaryOperator<String> misdirect = once(line -> line.startsWith("RCPT TO:"), "RCPT TO:<" + elsewhere + ">\r\n");

        Integrity found;
        try (LineProxy proxy = new LineProxy(keyStore, server.target().submissions(), misdirect, UNCHANGED)) {
            found = new Throughput(2, 3, 10, BYTES, IMPATIENT)
                    .run(through(proxy, null))
                    .integrity();
        }

        assertThat(found).isEqualTo(new Integrity(1, 0, 0, 0));
    }

    @Test
    void throughputShouldCountUnannouncedWhenANotificationIsMissing() throws Exception {
        UnaryOperator<String> silence = once(line -> line.equals("* 1 EXISTS\r\n"), "");

        Integrity found;
        try (LineProxy proxy = new LineProxy(keyStore, server.target().imaps(), UNCHANGED, silence)) {
            found = new Throughput(1, 1, 1, BYTES, IMPATIENT)
                    .run(through(null, proxy))
                    .integrity();
        }

        assertThat(found).isEqualTo(new Integrity(0, 0, 0, 1));
    }

    /** An address that exists: its first login was a run of its own. */
    private static String elsewhere() throws IOException {
        Account account =
                Account.unused(server.target().domain(), server.target().password());
        ImapSession.open(server.target().imaps(), account).close();
        return account.address();
    }

    private static UnaryOperator<String> once(Predicate<String> matches, String instead) {
        AtomicBoolean happened = new AtomicBoolean();
        return line -> matches.test(line) && happened.compareAndSet(false, true) ? instead : line;
    }

    private static Target through(LineProxy submissions, LineProxy imaps) {
        Target direct = server.target();
        return new Target(
                direct.name(),
                direct.domain(),
                submissions == null ? direct.submissions() : submissions.endpoint(),
                imaps == null ? direct.imaps() : imaps.endpoint(),
                direct.offers(),
                direct.password(),
                direct.processes());
    }
}
