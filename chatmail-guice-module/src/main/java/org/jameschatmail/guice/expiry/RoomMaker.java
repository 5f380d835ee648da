package org.jameschatmail.guice.expiry;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.jameschatmail.guice.mailbox.FillingAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room in an account soon after a delivery has found that it fills up. One whose messages are all protected is let
 * be for ten minutes, so that its deliveries don't search it each time. One thread of its own.
 */
@Singleton
final class RoomMaker implements Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RoomMaker.class);
    private static final int DELAY_MILLIS = 500;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration LET_BE = Duration.ofMinutes(10);

    private final MailboxExpiry mailboxes;
    private final FillingAccounts filling;
    private final Run run;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Cache<Username, Boolean> protectedOnes = CacheBuilder.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(LET_BE)
            .build();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreadFactory.withName("room-maker"), new DiscardPolicy());

    @Inject
    RoomMaker(MailboxExpiry mailboxes, FillingAccounts filling, RunFactory runs) {
        this.mailboxes = mailboxes;
        this.filling = filling;
        this.run = runs.newRun(Run.Mode.REMOVE);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        filling.tell(this::wake);
    }

    /** Never fails, for it is called within a delivery. The delay lets that delivery commit, and others join it. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            thread.schedule(this::work, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void work() {
        woken.set(false);
        for (Username owner : filling.take()) {
            if (protectedOnes.getIfPresent(owner) == null && !run.isCancelled()) {
                makeRoom(owner);
            }
        }
    }

    private void makeRoom(Username owner) {
        try {
            if (!mailboxes.makeRoom(run, owner)) {
                protectedOnes.put(owner, true);
            }
        } catch (Run.CancelledException e) {
            LOGGER.debug("The expiry ends with the server");
        } catch (Exception e) {
            LOGGER.warn(
                    "No room was made in an account, its next message tries again: {}",
                    e.getClass().getSimpleName());
            LOGGER.debug("Why no room was made", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdown();
        run.cancel();
    }
}
