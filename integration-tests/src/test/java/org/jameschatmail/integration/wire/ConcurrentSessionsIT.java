package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sessions that do what they like to one mailbox at the same time, in the manner of Dovecot's imaptest: what each has
 * been told is in the end what is there, and nothing is lost.
 */
class ConcurrentSessionsIT {
    private static final int SESSIONS = 20;
    private static final int COMMANDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern NEW_UID =
            Pattern.compile(".*\\[(?:APPENDUID [0-9]+|COPYUID [0-9]+ (?<source>[0-9]+)) (?<uid>[0-9]+)].*");
    private static final String[] FLAGS = {"\\Seen", "\\Flagged", "\\Answered", "$Label1", "$Label2"};

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("imap.append", "any"));

    private final Set<Long> made = new ConcurrentSkipListSet<>();
    private final Set<Long> marked = new ConcurrentSkipListSet<>();

    /** What each copy was made of: a copy of a message that is marked is marked as well. */
    private final NavigableMap<Long, Long> copied = new ConcurrentSkipListMap<>();

    @Test
    void everySessionShouldSeeWhatIsThereWhenAllChangeTheMailbox() throws Exception {
        MailAccount account = MailAccount.create(SERVER.server());
        List<ViewingSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(new ViewingSession(account));
            }
            inParallel(sessions, this::work);
            try (ViewingSession fresh = new ViewingSession(account)) {
                fresh.command("FETCH 1:* (UID FLAGS)");
                sessions.forEach(session -> assertAgrees(session, fresh.view()));
                Set<Long> there = fresh.view().messages().stream()
                        .map(MailboxView.Message::uid)
                        .collect(Collectors.toSet());
                assertThat(there).isSubsetOf(made);
                copied.forEach((copy, source) -> {
                    if (marked.contains(source)) {
                        marked.add(copy);
                    }
                });
                made.removeAll(marked);
                assertThat(there).containsAll(made);
            }
        } finally {
            sessions.forEach(ViewingSession::close);
        }
    }

    @Test
    void noFlagShouldBeLostWhenAllSetOneAtOnce() throws Exception {
        MailAccount account = MailAccount.create(SERVER.server());
        List<ViewingSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(new ViewingSession(account));
            }
            sessions.get(0).append("Subject: one\r\n\r\nHello\r\n");
            inParallel(sessions, (session, number) -> {
                session.command("NOOP");
                untilDone(session, "UID STORE 1 +FLAGS (k" + number + ")");
            });
            try (ViewingSession fresh = new ViewingSession(account)) {
                fresh.command("FETCH 1 FLAGS");
                assertThat(fresh.view().messages().get(0).flags()).hasSize(SESSIONS);
            }
        } finally {
            sessions.forEach(ViewingSession::close);
        }
    }

    private static void untilDone(ViewingSession session, String command) {
        Deadline deadline = Deadline.after(PATIENCE);
        List<String> reply = session.command(command);
        while (reply.get(reply.size() - 1).contains(" NO ")) {
            assertThat(deadline.hasPassed()).as("%s", reply).isFalse();
            reply = session.command(command);
        }
    }

    private interface Work {
        void of(ViewingSession session, int number);
    }

    private static void inParallel(List<ViewingSession> sessions, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(sessions.size());
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < sessions.size(); i++) {
                int number = i;
                all.add(() -> {
                    work.of(sessions.get(number), number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void work(ViewingSession session, int number) {
        Random random = new Random(number);
        for (int i = 0; i < COMMANDS; i++) {
            int size = session.view().size();
            switch (size == 0 ? 0 : random.nextInt(12)) {
                case 0, 1, 2 -> made(session.append("Subject: " + number + "." + i + "\r\n\r\nHello\r\n"));
                case 3, 4 ->
                    session.command("STORE %d %sFLAGS (%s)"
                            .formatted(
                                    1 + random.nextInt(size),
                                    random.nextBoolean() ? "+" : "-",
                                    FLAGS[random.nextInt(FLAGS.length)]));
                case 5 -> mark(session, 1 + random.nextInt(size));
                case 6 -> session.command("EXPUNGE");
                case 7 -> session.command("FETCH 1:* (UID FLAGS)");
                case 8 -> session.command("SEARCH UNSEEN");
                case 9 -> made(session.command("COPY " + (1 + random.nextInt(size)) + " INBOX"));
                case 10 -> session.idle(false);
                default -> session.command("NOOP");
            }
        }
    }

    private void mark(ViewingSession session, int number) {
        List<String> reply = session.command("FETCH " + number + " UID");
        Matcher uid =
                Pattern.compile("\\* " + number + " FETCH .*UID ([0-9]+).*").matcher(reply.get(0));
        if (uid.matches()) {
            marked.add(Long.parseLong(uid.group(1)));
            session.command("UID STORE " + uid.group(1) + " +FLAGS (\\Deleted)");
        }
    }

    private void made(List<String> reply) {
        Matcher uid = NEW_UID.matcher(reply.get(reply.size() - 1));
        if (uid.matches()) {
            long given = Long.parseLong(uid.group("uid"));
            assertThat(made.add(given)).as("a UID is given once").isTrue();
            if (uid.group("source") != null) {
                copied.put(given, Long.parseLong(uid.group("source")));
            }
        }
    }

    private static void assertAgrees(ViewingSession session, MailboxView all) {
        Deadline deadline = Deadline.after(PATIENCE);
        do {
            session.command("NOOP");
        } while (!session.view().agreesWith(all) && !deadline.hasPassed());
        assertThat(session.view().agreesWith(all))
                .as("told: %s\nthere: %s", session.view(), all)
                .isTrue();
        session.command("FETCH 1:* UID");
        assertThat(session.view().agreesWith(all)).as("numbers of the session").isTrue();
    }
}
