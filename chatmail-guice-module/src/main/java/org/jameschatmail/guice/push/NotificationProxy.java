package org.jameschatmail.guice.push;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notification proxy: one {@code POST} a token, whose body is the token and nothing else. By HTTP/2 and verified TLS
 * for {@code https}, HTTP/1.1 for {@code http}; no redirects. An answer is there within {@link #PATIENCE}. Thread-safe.
 */
final class NotificationProxy implements AutoCloseable {
    /** What became of a request. */
    enum Answer {
        /** The device will be told. */
        TAKEN,
        /** There is no such device any more. */
        GONE,
        /** The proxy answers, and doesn't want this token now. */
        REFUSED,
        /** The proxy is out of reach, too slow, or in trouble. */
        UNAVAILABLE
    }

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOGGER = LoggerFactory.getLogger(NotificationProxy.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final URI url;
    private final ScheduledThreadPoolExecutor threads;
    private final HttpClient client;

    NotificationProxy(URI url) {
        this.url = url;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, NamedThreadFactory.withName("push-http"));
        this.threads.setRemoveOnCancelPolicy(true);
        this.client = HttpClient.newBuilder()
                .version(
                        "https".equalsIgnoreCase(url.getScheme())
                                ? HttpClient.Version.HTTP_2
                                : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads)
                .build();
    }

    /** Never fails; the future is completed by a thread that must not be kept. */
    CompletableFuture<Answer> notify(DeviceToken token) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(PATIENCE)
                    .POST(HttpRequest.BodyPublishers.ofString(token.value(), StandardCharsets.US_ASCII))
                    .build();
            CompletableFuture<HttpResponse<Void>> response =
                    client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
            // The timeout of a request ends with the header of the answer: a body that never ends is cut off here.
            ScheduledFuture<?> deadline =
                    threads.schedule(() -> response.cancel(true), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return response.handle((received, failure) -> {
                deadline.cancel(false);
                return answer(received, failure);
            });
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(answer(null, e));
        }
    }

    private static Answer answer(@Nullable HttpResponse<Void> received, @Nullable Throwable failure) {
        if (received == null) {
            LOGGER.debug("The notification proxy can't be reached", failure);
            return Answer.UNAVAILABLE;
        }
        int status = received.statusCode();
        if (status == OK) {
            return Answer.TAKEN;
        }
        LOGGER.debug("The notification proxy answers {}", status);
        if (status == GONE) {
            return Answer.GONE;
        }
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR ? Answer.UNAVAILABLE : Answer.REFUSED;
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
