package org.jameschatmail.integration.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;

/**
 * Debian's Postfix with opendkim, which signs what it is given here, and says in each message from elsewhere what it
 * thinks of its signatures. It sends over verified TLS alone, by IPv6 where it can.
 */
final class PostfixServer implements AutoCloseable {
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

    private final PostfixFiles files;
    private final List<Process> processes = new ArrayList<>();
    private final String keyRecord;

    private PostfixServer(PostfixFiles files) throws IOException {
        this.files = files;
        this.keyRecord = prepare();
    }

    static PostfixServer start(PostfixFiles files) throws IOException {
        PostfixServer server = new PostfixServer(files);
        server.run("opendkim", "/usr/sbin/opendkim", "-f", "-x", server.path("opendkim.conf"));
        server.run("postfix", MASTER, "-d", "-c", server.path("postfix"));
        return server;
    }

    private void run(String name, String... command) {
        processes.add(Programs.start(
                files.folder().resolve(name + ".log"), files.host().command(command)));
    }

    private String path(String name) {
        return files.folder().resolve(name).toString();
    }

    /** Gives the record of the key it makes. */
    private String prepare() throws IOException {
        for (String name : QUEUES) {
            Files.createDirectories(files.folder().resolve("queue").resolve(name));
        }
        for (String name : List.of("queue/public", "queue/maildrop", "state", "mail", "signer")) {
            Files.createDirectories(files.folder().resolve(name));
        }
        KeyPair keys = newKeys();
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        Files.writeString(
                files.folder().resolve("signer/key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        files.write();
        Programs.run("chown", "-R", "postfix", path("queue"), path("state"));
        Files.createDirectories(files.folder().resolve("queue/pid"));
        Programs.run("chown", "root", path("queue"), path("queue/pid"));
        Programs.run("chown", "" + PostfixFiles.MAIL_USER, path("mail"));
        Programs.run("chown", "-R", "opendkim", path("signer"));
        return "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the name server is to say of it. */
    List<String> records() {
        String four = files.host().four().getHostAddress();
        String six = files.host().six().getHostAddress();
        return List.of(
                "postfix.example. 60 IN MX 10 mx.postfix.example.",
                "mx.postfix.example. 60 IN A " + four,
                "mx.postfix.example. 60 IN AAAA " + six,
                "six.example. 60 IN MX 10 mx6.postfix.example.",
                "mx6.postfix.example. 60 IN AAAA " + six,
                "wrong.example. 60 IN MX 10 mx.wrong.example.",
                "mx.wrong.example. 60 IN A " + files.wrong().getHostAddress(),
                "clear.example. 60 IN MX 10 mx.clear.example.",
                "mx.clear.example. 60 IN A " + files.clear().getHostAddress(),
                PostfixFiles.SELECTOR + "._domainkey.postfix.example. 60 IN TXT \""
                        + keyRecord.replaceAll("(.{200})(?=.)", "$1\" \"") + "\"");
    }

    /** Has it send a message from one of its users, who is not asked for a login here. */
    EncryptedMail send(String sender, String recipient) {
        return send(25, sender, recipient);
    }

    /** The same without a signature. */
    EncryptedMail sendUnsigned(String sender, String recipient) {
        return send(PostfixFiles.UNSIGNED, sender, recipient);
    }

    private EncryptedMail send(int port, String sender, String recipient) {
        EncryptedMail mail = EncryptedMail.from(sender);
        try (SmtpDialogue smtp =
                SmtpDialogue.plain(new InetSocketAddress(files.host().four(), port))) {
            smtp.play("""
                    S: 220
                    C: EHLO client.example
                    S? 250 .*
                    """).send(sender, recipient, mail.text(), "250");
        }
        return mail;
    }

    /** The messages it has delivered to its own users. */
    List<String> delivered() {
        Path box = files.folder().resolve("mail/box/new");
        if (Files.notExists(box)) {
            return List.of();
        }
        try (Stream<Path> mails = Files.list(box)) {
            return mails.map(PostfixServer::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those with this text in them. */
    List<String> delivered(String text) {
        return delivered().stream().filter(mail -> mail.contains(text)).toList();
    }

    List<String> log() {
        Path log = files.folder().resolve("mail.log");
        return Files.exists(log) ? read(log).lines().toList() : List.of();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isReady() {
        return Files.exists(files.folder().resolve("signer/socket"))
                && log().stream().anyMatch(line -> line.contains("daemon started"));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
