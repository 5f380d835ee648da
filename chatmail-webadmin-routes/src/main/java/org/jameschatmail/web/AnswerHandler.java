package org.jameschatmail.web;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.jameschatmail.web.RouteTable.Streamed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one Jetty handler: asks the table of the connector, writes the answer, and turns faults into a plain 500. */
final class AnswerHandler extends AbstractHandler {
    /** Connector names. */
    static final String SECURE = "https";

    static final String CLEAR = "http";

    /** On every answer, the plain errors of {@link PlainErrorHandler} included. */
    static final Map<String, String> COMMON_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY");

    private static final Logger LOGGER = LoggerFactory.getLogger(AnswerHandler.class);
    private static final String CONNECTION = "Connection";
    private static final int INTERNAL_ERROR = 500;
    private static final Set<Integer> BODILESS = Set.of(204, 304);

    private final RouteTable secureRoutes;
    private final RouteTable clearRoutes;
    private final HttpsRedirect redirect;
    private final Executor uploads;

    /** @param uploads threads that may wait, for what comes of uploads */
    AnswerHandler(RouteTable secureRoutes, RouteTable clearRoutes, HttpsRedirect redirect, Executor uploads) {
        this.secureRoutes = secureRoutes;
        this.clearRoutes = clearRoutes;
        this.redirect = redirect;
        this.uploads = uploads;
    }

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        base.setHandled(true);
        if (Collections.list(request.getHeaders("Host")).size() > 1) {
            write(Answer.text(400, "Bad request\n").with(CONNECTION, "close"), response);
            return;
        }
        Optional<Streamed> upload = isSecure(base) ? secureRoutes.upload(target, request) : Optional.empty();
        if (upload.isPresent()) {
            UploadExchange.of(request, upload.get(), uploads).goOn(request);
            return;
        }
        Answer answer =
                answer(target, base, request).unlessKnown(Optional.ofNullable(request.getHeader("If-None-Match")));
        // Jetty keeps the connection after CONNECT whatever the client asks for.
        write(request.getMethod().equals("CONNECT") ? answer.with(CONNECTION, "close") : answer, response);
    }

    private Answer answer(String target, Request base, HttpServletRequest request) throws IOException {
        try {
            if (isSecure(base)) {
                return secureRoutes.answer(target, request).orElseGet(() -> Answer.text(404, "Not found\n"));
            }
            return clearRoutes.answer(target, request).orElseGet(() -> redirect.answer(request));
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    private static boolean isSecure(Request base) {
        return SECURE.equals(base.getHttpChannel().getConnector().getName());
    }

    /** What a client hears of a fault of ours: nothing. */
    static Answer failure(Exception fault) {
        // The message of the fault may name an address or a password: it stays below INFO.
        LOGGER.warn(
                "A web request failed with {}; details at DEBUG",
                fault.getClass().getName());
        LOGGER.debug("Failed web request", fault);
        return Answer.text(INTERNAL_ERROR, "Internal error\n").neverStored();
    }

    static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        COMMON_HEADERS.forEach(response::setHeader);
        answer.headers().forEach(response::setHeader);
        if (!BODILESS.contains(answer.status())) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }
}
