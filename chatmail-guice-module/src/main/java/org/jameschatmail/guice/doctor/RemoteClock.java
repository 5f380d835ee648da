package org.jameschatmail.guice.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The clock of a web server, as its answers tell it. The one that is asked is the host of {@code push.url}, which the
 * server speaks with anyway; it learns nothing but our address.
 */
public record RemoteClock(URI url, Clock ours) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The header has no fractions: half a second is what it lacks on the average. */
    private static final Duration CUT_OFF = Duration.ofMillis(500);

    /** How far it is ahead of ours; nothing when it doesn't say. */
    public Optional<Duration> ahead() {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/"))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .timeout(PATIENCE)
                    .build();
            Instant before = ours.instant();
            HttpResponse<Void> answer =
                    HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request, BodyHandlers.discarding());
            Instant after = ours.instant();
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            return answer.headers()
                    .firstValue("date")
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                    .map(theirs -> Duration.between(middle, theirs.plus(CUT_OFF)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException | DateTimeException | IllegalArgumentException noAnswer) {
            return Optional.empty();
        }
    }
}
