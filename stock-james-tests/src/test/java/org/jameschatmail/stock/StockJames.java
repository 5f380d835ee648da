package org.jameschatmail.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A James in memory, a process of its own in a folder of its own, with SMTP and WebAdmin on free ports of the loopback
 * interface. Not thread-safe.
 */
final class StockJames implements AutoCloseable {
    static final String STARTED = "JAMES server started";

    /** A slow machine under load takes more than a minute to start James. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int smtpPort;
    private final int webAdminPort;
    /** Recipients of what lies in a repository, by its key: a mail that was read once isn't read again. */
    private final Map<String, List<String>> known = new HashMap<>();

    private StockJames(Process process, Path log, int smtpPort, int webAdminPort) {
        this.process = process;
        this.log = log;
        this.smtpPort = smtpPort;
        this.webAdminPort = webAdminPort;
    }

    /** Starts James and returns at once. */
    static StockJames start(Path folder, Path extension, String mailetContainer) throws IOException {
        int smtpPort = freePort();
        int webAdminPort = freePort();
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.copy(
                extension,
                Files.createDirectories(folder.resolve("extensions-jars")).resolve(extension.getFileName()));
        Files.writeString(conf.resolve("mailetcontainer.xml"), mailetContainer);
        Files.writeString(
                conf.resolve("smtpserver.xml"), resource("smtpserver.xml").replace("PORT", "" + smtpPort));
        Files.writeString(
                conf.resolve("webadmin.properties"), "enabled=true\nhost=127.0.0.1\nport=" + webAdminPort + "\n");
        Files.writeString(conf.resolve("jmap.properties"), "enabled=false\n");
        Files.writeString(conf.resolve("jmx.properties"), "jmx.enabled=false\n");
        for (String name : List.of("imapserver", "lmtpserver", "managesieveserver", "pop3server")) {
            Files.writeString(conf.resolve(name + ".xml"), "<" + name + "s/>\n");
        }
        for (String name : List.of(
                "dnsservice.xml", "domainlist.xml", "logback.xml", "mailrepositorystore.xml", "usersrepository.xml")) {
            Files.writeString(conf.resolve(name), resource(name));
        }
        Path log = folder.resolve("james.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dworking.directory=" + folder,
                        "-Dlogback.configurationFile=" + conf.resolve("logback.xml"),
                        "-cp",
                        Files.readString(Path.of(System.getProperty("stock.class.path")))
                                .strip(),
                        "org.apache.james.MemoryJamesServerMain")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new StockJames(process, log, smtpPort, webAdminPort);
    }

    /** Waits until it takes mail. */
    void awaitReady() throws IOException, InterruptedException {
        awaitLog(STARTED);
    }

    /** Waits until the log has a text. */
    void awaitLog(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains(text)) {
            if (!process.isAlive() && !log().contains(text) || System.nanoTime() > deadline) {
                throw new AssertionError("James didn't say " + text + ":\n" + log());
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    SmtpDialogue smtp() throws IOException {
        return new SmtpDialogue(smtpPort);
    }

    /** Waits until a mail to the recipient lies in a repository. */
    StoredMail await(String recipient) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (String repository : List.of("accepted", "refused", "error")) {
                Optional<StoredMail> mail = find(repository, recipient);
                if (mail.isPresent()) {
                    return mail.get();
                }
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("No mail to " + recipient + ":\n" + log());
    }

    /** Waits until a user's INBOX has messages; how many. */
    int awaitMessages(String user) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            int count = json("/users/" + user + "/mailboxes/INBOX/messageCount").asInt();
            if (count > 0) {
                return count;
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("No message for " + user + ":\n" + log());
    }

    private Optional<StoredMail> find(String repository, String recipient) throws IOException, InterruptedException {
        String mails = "/mailRepositories/" + repository + "/mails";
        for (JsonNode key : json(mails)) {
            String path = mails + "/" + key.asText();
            if (!known.containsKey(path)) {
                known.put(path, recipients(json(path)));
            }
            if (known.getOrDefault(path, List.of()).contains(recipient)) {
                JsonNode mail = json(path);
                return Optional.of(
                        new StoredMail(repository, mail.path("error").asText(""), get(path, "message/rfc822")));
            }
        }
        return Optional.empty();
    }

    private static List<String> recipients(JsonNode mail) {
        List<String> recipients = new ArrayList<>();
        mail.path("recipients").forEach(recipient -> recipients.add(recipient.asText()));
        return recipients;
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path, "application/json"));
    }

    /** The answer of WebAdmin; empty when there is no such thing yet. */
    String get(String path, String type) throws IOException, InterruptedException {
        HttpRequest request = request(path).header("Accept", type).GET().build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() == 200 ? new String(response.body(), StandardCharsets.ISO_8859_1) : "";
    }

    int put(String path, String body) throws IOException, InterruptedException {
        HttpRequest request =
                request(path).PUT(HttpRequest.BodyPublishers.ofString(body)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webAdminPort + path))
                .timeout(PATIENCE);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String resource(String name) throws IOException {
        return Resources.text("/stock/" + name);
    }
}
