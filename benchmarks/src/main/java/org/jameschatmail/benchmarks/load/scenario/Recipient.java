package org.jameschatmail.benchmarks.load.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ObjLongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.benchmarks.load.mail.Ledger;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.jameschatmail.benchmarks.load.wire.ImapSession.Fetched;

/**
 * Lives the whole life of a chat message at its receiving end: sits in IDLE, is told, leaves IDLE, fetches the body,
 * enters IDLE again; until all that the ledger expects is there. One thread calls it.
 */
final class Recipient implements Callable<Object>, Closeable {
    private static final Pattern MESSAGE_ID =
            Pattern.compile("^message-id:\\s*<([^>]+)>", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final int HEADER_BYTES = 4096;

    private final Account account;
    private final ImapSession session;
    private final Ledger ledger;
    private final Patience patience;
    private final ObjLongConsumer<String> arrival;
    private final long firstUid;

    /** @param arrival is given each Message-ID and the {@link System#nanoTime} at which its body was there */
    Recipient(Account account, ImapSession session, Ledger ledger, Patience patience, ObjLongConsumer<String> arrival) {
        this.account = account;
        this.session = session;
        this.ledger = ledger;
        this.patience = patience;
        this.arrival = arrival;
        this.firstUid = session.uidNext();
    }

    /** Enters IDLE, then takes what the ledger expects at the time of the call. */
    @Override
    public Object call() throws IOException {
        int before = session.exists();
        int expected = ledger.expectedBy(account.address());
        session.idle();
        int taken = 0;
        int silences = 0;
        while (taken < expected && silences < patience.attempts()) {
            boolean told = session.awaitExists(before + taken + 1, patience.silence());
            session.done();
            List<Fetched> bodies = session.fetchNew();
            // Found by asking: a phone would still sleep.
            ledger.unannounced(told ? 0 : bodies.size());
            long now = System.nanoTime();
            bodies.forEach(body -> arrival.accept(messageId(body), now));
            taken += bodies.size();
            silences = bodies.isEmpty() ? silences + 1 : 0;
            session.idle();
        }
        session.done();
        return taken;
    }

    /** Tells the ledger what is in the mailbox from the first message of the run on. */
    void settle() throws IOException {
        session.noop();
        session.rewind(firstUid);
        ledger.found(
                account.address(),
                session.fetchNewMessageIds().stream().map(Recipient::messageId).toList());
    }

    static String messageId(Fetched message) {
        int length = Math.min(message.content().length, HEADER_BYTES);
        String header = new String(message.content(), 0, length, StandardCharsets.ISO_8859_1);
        return Optional.of(MESSAGE_ID.matcher(header))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElse("(none)");
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
