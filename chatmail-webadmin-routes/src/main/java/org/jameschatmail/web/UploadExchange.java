package org.jameschatmail.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.AsyncContext;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.BadMessageException;
import org.jameschatmail.web.RouteTable.Streamed;
import org.jameschatmail.web.UploadAction.Upload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request with a large body: its header is looked at and its answer made on the threads for uploads; in between
 * Jetty's threads pass on what has arrived. A body that comes too slowly, or is longer than any that could be
 * taken, isn't read to its end. Jetty calls one method at a time.
 */
final class UploadExchange implements ReadListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(UploadExchange.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int BLOCK = 16 * 1024;
    private static final int TIMEOUT = 408;

    private static final String ATTRIBUTE = UploadExchange.class.getName();

    private final Streamed route;
    private final Executor executor;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long started = System.nanoTime();
    private byte[] block = {};
    private long read;
    private volatile AsyncContext context;
    /** From the end of the body on, whoever makes the answer ends the exchange. */
    private volatile boolean complete;

    private volatile @Nullable Upload upload;

    private UploadExchange(HttpServletRequest request, Streamed route, Executor executor) {
        this.route = route;
        this.executor = executor;
        this.context = startAsync(request);
    }

    private static AsyncContext startAsync(HttpServletRequest request) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0); // there is a limit of our own
        return context;
    }

    /**
     * The exchange of this request, new where Jetty brings the request for the first time.
     *
     * @param executor has threads that may wait
     */
    static UploadExchange of(HttpServletRequest request, Streamed route, Executor executor) {
        if (request.getAttribute(ATTRIBUTE) instanceof UploadExchange exchange) {
            exchange.context = startAsync(request);
            return exchange;
        }
        UploadExchange exchange = new UploadExchange(request, route, executor);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The next step, for Jetty's thread that has the request: the header, then the body. */
    void goOn(HttpServletRequest request) throws IOException {
        if (upload == null) {
            later(() -> begin(request));
        } else {
            // Only here: a listener that another thread sets may miss the first bytes.
            request.getInputStream().setReadListener(this);
        }
    }

    private void later(Step step) {
        try {
            executor.execute(() -> carryOut(step));
        } catch (RejectedExecutionException e) {
            end(Answer.text(503, "Too busy\n").with("Connection", "close"));
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void carryOut(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            end(AnswerHandler.failure(e));
        }
    }

    private void begin(HttpServletRequest request) throws IOException {
        Upload begun = route.action().begin(request);
        upload = begun;
        boolean awaitsConsent = request.getHeader("Expect") != null;
        boolean endless = request.getContentLengthLong() > route.mostRead();
        if (begun.isDecided() && (awaitsConsent || endless)) {
            end(begun.answer().with("Connection", "close"));
        } else {
            context.dispatch();
        }
    }

    @Override
    public void onDataAvailable() {
        carryOut(() -> {
            try {
                read();
            } catch (IOException | BadMessageException e) {
                onError(e);
            }
        });
    }

    private void read() throws IOException {
        Upload current = upload;
        ServletInputStream in = context.getRequest().getInputStream();
        if (block.length == 0) {
            block = new byte[BLOCK];
        }
        while (current != null && !ended.get() && in.isReady() && !in.isFinished()) {
            int length = in.read(block);
            if (length > 0) {
                read += length;
                current.write(block, length);
            }
            if (read > route.mostRead()) {
                end(current.answer().with("Connection", "close"));
            } else if (System.nanoTime() - started > LONGEST.toNanos()) {
                end(Answer.text(TIMEOUT, "Too slow\n").with("Connection", "close"));
            }
        }
        if (!in.isFinished()) {
            block = new byte[0]; // many wait long for the rest
        }
    }

    @Override
    public void onAllDataRead() {
        block = new byte[0];
        complete = true;
        Upload whole = upload;
        if (whole != null) {
            later(() -> end(whole.answer()));
        }
    }

    /** The client went away, or was told to. */
    @Override
    public void onError(Throwable failure) {
        LOGGER.debug("An upload broke off", failure);
        if (complete) {
            return;
        }
        end(Answer.text(400, "Incomplete\n").with("Connection", "close"));
    }

    /** Answers, if nobody has. */
    private void end(Answer answer) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            Upload begun = upload;
            if (begun != null) {
                begun.close();
            }
            AnswerHandler.write(answer, (HttpServletResponse) context.getResponse());
        } catch (IOException | RuntimeException e) {
            LOGGER.debug("An answer to an upload can't be sent", e);
        } finally {
            context.complete();
        }
    }
}
