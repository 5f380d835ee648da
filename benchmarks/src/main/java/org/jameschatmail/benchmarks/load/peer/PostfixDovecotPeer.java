package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.ProcessTree;
import org.jameschatmail.benchmarks.load.scenario.Target;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.Endpoint;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.jameschatmail.benchmarks.load.wire.SmtpSession;

/**
 * The reference: Debian's Postfix and Dovecot put together as a relay of the running network is. Submission with TLS, a
 * filter that refuses what isn't encrypted, opendkim that signs, LMTP to Dovecot, maildirs, IDLE by inotify, idle
 * connections put aside after half a minute, and no gathering of changes before IDLE tells of them. Everything is in one folder, on loopback, with configurations of its own;
 * an instance of the system is not touched. Needs root, as both servers do.
 *
 * @param folder for configuration, queue, mail and logs; emptied at every start. Others than root must be able to enter
 *     it.
 */
public record PostfixDovecotPeer(String name, Path folder) implements Peer {
    private static final Duration START_DEADLINE = Duration.ofMinutes(1);
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String DOMAIN = "bench.localhost";
    private static final String MASTER = "/usr/lib/postfix/sbin/master";
    private static final List<String> QUEUES = List.of(
            "active",
            "bounce",
            "corrupt",
            "defer",
            "deferred",
            "flush",
            "hold",
            "incoming",
            "private",
            "saved",
            "trace");

    /** True where all its programs are installed and we may start them. */
    public static boolean isPossible() {
        return Files.isExecutable(Path.of(MASTER))
                && Files.isExecutable(Path.of("/usr/sbin/dovecot"))
                && Files.isExecutable(Path.of("/usr/sbin/opendkim"))
                && Files.isExecutable(Path.of("/usr/bin/gcc"))
                && Files.isExecutable(PYTHON)
                && "root".equals(System.getProperty("user.name"));
    }

    @Override
    public List<String> versions() throws IOException {
        return List.of(
                "Postfix " + Child.output(List.of("/usr/sbin/postconf", "-d", "-h", "mail_version")),
                "Dovecot " + Child.output(List.of("/usr/sbin/dovecot", "--version")),
                Child.output(List.of("/usr/sbin/opendkim", "-V"))
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    @Override
    public Running start() throws IOException {
        Folders.empty(folder);
        ReferenceFiles.Ports ports =
                new ReferenceFiles.Ports(FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.one());
        prepare(ports);
        InotifyLimit inotify = InotifyLimit.raise();
        List<Child> children = new ArrayList<>();
        long begin = System.nanoTime();
        try {
            children.add(Child.start(folder.resolve("filter.log"), filter(ports)));
            children.add(Child.start(
                    folder.resolve("opendkim.log"),
                    List.of(
                            "/usr/sbin/opendkim",
                            "-f",
                            "-x",
                            folder.resolve("opendkim.conf").toString())));
            children.add(Child.start(folder.resolve("accounts.log"), accounts()));
            children.get(2).await(START_DEADLINE, () -> Files.exists(folder.resolve("mail/accounts")));
            children.add(Child.start(
                    folder.resolve("dovecot.log"),
                    List.of(
                            "/usr/sbin/dovecot",
                            "-F",
                            "-c",
                            folder.resolve("dovecot.conf").toString())));
            children.get(0).await(START_DEADLINE, () -> listens(ports.filter()));
            children.get(1).await(START_DEADLINE, () -> Files.exists(folder.resolve("signer/socket")));
            children.get(3).await(START_DEADLINE, () -> Files.exists(folder.resolve("auth")));
            Child postfix = Child.start(
                    folder.resolve("postfix.log"),
                    List.of(MASTER, "-d", "-c", folder.resolve("postfix").toString()));
            children.add(postfix);
            postfix.await(START_DEADLINE, () -> answers(ports));
        } catch (IOException e) {
            children.forEach(Child::close);
            inotify.restore();
            throw e;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new RunningReference(children, target(ports, children), Map.of(Metric.START_READY, seconds), inotify);
    }

    private void prepare(ReferenceFiles.Ports ports) throws IOException {
        UserPrincipal postfix =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix");
        Path queue = Files.createDirectories(folder.resolve("queue"));
        for (String name : QUEUES) {
            Files.setOwner(Files.createDirectories(queue.resolve(name)), postfix);
        }
        Files.createDirectories(queue.resolve("pid"));
        Files.setOwner(Files.createDirectories(queue.resolve("public")), postfix);
        Files.setOwner(Files.createDirectories(queue.resolve("maildrop")), postfix);
        Files.setOwner(Files.createDirectories(folder.resolve("state")), postfix);
        Path mail = Files.createDirectories(folder.resolve("mail"));
        Child.output(List.of("chown", ReferenceFiles.MAIL_USER + ":" + ReferenceFiles.MAIL_USER, mail.toString()));
        KeyFiles.certificate(folder, DOMAIN);
        Path signer = Files.createDirectories(folder.resolve("signer"));
        KeyFiles.signingKey(signer.resolve("key.pem"));
        Child.output(List.of("chown", "-R", "opendkim", signer.toString()));
        buildPreload();
        resource("accounts.py");
        new ReferenceFiles(folder, DOMAIN, ports).write();
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream stream = PostfixDovecotPeer.class.getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(stream, name), file);
        }
        return file;
    }

    /** Runs as the user who owns all mail. */
    private List<String> accounts() {
        String user = String.valueOf(ReferenceFiles.MAIL_USER);
        return List.of(
                "/usr/bin/setpriv",
                "--reuid",
                user,
                "--regid",
                user,
                "--clear-groups",
                PYTHON.toString(),
                folder.resolve("accounts.py").toString(),
                folder.resolve("mail").toString());
    }

    /** Dovecot without its half a second of waiting before it tells of a message. */
    private void buildPreload() throws IOException {
        Path source = resource("notify-at-once.c");
        Path library = folder.resolve("notify-at-once.so");
        Child.output(List.of("gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl"));
    }

    private static List<String> filter(ReferenceFiles.Ports ports) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ContentFilter.class.getName(),
                String.valueOf(ports.filter()),
                String.valueOf(ports.reinjection()));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(ReferenceFiles.Ports ports) {
        Account account = new Account("first@" + DOMAIN, PASSWORD);
        if (!listens(ports.submissions()) || !listens(ports.imaps())) {
            return false;
        }
        try {
            ImapSession.open(Endpoint.loopback(ports.imaps()), account).close();
            SmtpSession.login(Endpoint.loopback(ports.submissions()), account).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Target target(ReferenceFiles.Ports ports, List<Child> children) {
        return new Target(
                name,
                DOMAIN,
                Endpoint.loopback(ports.submissions()),
                Endpoint.loopback(ports.imaps()),
                Optional.empty(),
                PASSWORD,
                new ProcessTree(children.stream().map(Child::pid).toList()));
    }

    private record RunningReference(
            List<Child> children, Target target, Map<Metric, Double> starts, InotifyLimit inotify) implements Running {
        @Override
        public void close() throws IOException {
            List<Child> lastFirst = new ArrayList<>(children);
            Collections.reverse(lastFirst);
            lastFirst.forEach(Child::close);
            inotify.restore();
        }
    }
}
