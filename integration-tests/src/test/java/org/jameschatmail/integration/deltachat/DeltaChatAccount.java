package org.jameschatmail.integration.deltachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jameschatmail.integration.Deadline;

/**
 * An account in a {@link DeltaChatCore}. What {@code await…} waits for may have happened before the call; waiting longer
 * than two minutes fails, with the last events of the account. Thread-safe.
 */
public final class DeltaChatAccount {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int EVENTS_SHOWN = 60;
    private static final int SECURE_JOIN_DONE = 1000;

    private final DeltaChatCore core;
    private final int id;
    private final List<DeltaChatEvent> events = new ArrayList<>();

    DeltaChatAccount(DeltaChatCore core, int id) {
        this.core = core;
        this.id = id;
    }

    void happened(DeltaChatEvent event) {
        synchronized (events) {
            events.add(event);
            events.notifyAll();
        }
    }

    /** Takes up an address from a {@code dclogin:} link, which creates it, and goes online. */
    public void onboard(String link) {
        core.call("add_transport_from_qr", id, link);
        core.call("start_io", id);
        // Mail that arrives before the first SELECT counts as old and is never fetched.
        awaitEvent("the inbox idles", event -> event.is("ImapInboxIdle"));
    }

    public String address() {
        return core.call("get_config", id, "addr").asText();
    }

    /** The invitation that another account scans as a QR code. */
    public String inviteLink() {
        return core.call("get_chat_securejoin_qr_code", id, NullNode.getInstance())
                .asText();
    }

    /** Scans another account's invitation and waits until each has verified the other; gives the chat with it. */
    public int secureJoin(DeltaChatAccount inviter) {
        int chat = core.call("secure_join", id, inviter.inviteLink()).asInt();
        awaitEvent("joined", event -> isDone(event, "SecurejoinJoinerProgress"));
        String joiner = address();
        inviter.await("joined by " + joiner, () -> inviter.findContact(joiner).filter(inviter::isVerified));
        return chat;
    }

    private static boolean isDone(DeltaChatEvent event, String kind) {
        return event.is(kind) && event.number("progress") == SECURE_JOIN_DONE;
    }

    /** The contact with this address. */
    public int contact(String address) {
        return findContact(address).orElseThrow(() -> new DeltaChatException("no contact " + address));
    }

    private Optional<Integer> findContact(String address) {
        JsonNode contacts = core.call("get_contact_ids", id, 0, address);
        return contacts.isEmpty()
                ? Optional.empty()
                : Optional.of(contacts.get(0).asInt());
    }

    public boolean isVerified(int contact) {
        return core.call("get_contact", id, contact).path("isVerified").asBoolean();
    }

    public int chatWith(int contact) {
        return core.call("create_chat_by_contact_id", id, contact).asInt();
    }

    public int createGroup(String name, int... contacts) {
        int chat = core.call("create_group_chat", id, name, false).asInt();
        for (int contact : contacts) {
            core.call("add_contact_to_chat", id, chat, contact);
        }
        return chat;
    }

    /** The number of members, this account among them. */
    public int members(int chat) {
        return core.call("get_chat_contacts", id, chat).size();
    }

    /** Lifts the state of a contact request, in which nothing can be sent. */
    public void accept(int chat) {
        core.call("accept_chat", id, chat);
    }

    /** Hands over a text for sending; gives the message's id. */
    public int send(int chat, String text) {
        return core.call("send_msg", id, chat, Map.of("text", text)).asInt();
    }

    /** Hands over a file with a text for sending; gives the message's id. */
    public int send(int chat, String text, Path file) {
        Map<String, String> message = Map.of("text", text, "file", file.toString(), "viewtype", "File");
        return core.call("send_msg", id, chat, message).asInt();
    }

    public void markSeen(DeltaChatMessage message) {
        core.call("markseen_msgs", id, List.of(message.id()));
    }

    public DeltaChatMessage message(int message) {
        return DeltaChatMessage.from(core.call("get_message", id, message));
    }

    /** Waits for a message with exactly this text from somebody else. */
    public DeltaChatMessage awaitIncoming(String text) {
        return await(
                "incoming message '" + text + "'",
                () -> incoming().filter(message -> message.text().equals(text)).findFirst());
    }

    /** Waits until the whole file of a message is here. */
    public DeltaChatMessage awaitDownloaded(DeltaChatMessage message) {
        return await(
                "file of message " + message.id(),
                () -> Optional.of(message(message.id())).filter(DeltaChatMessage::downloaded));
    }

    private Stream<DeltaChatMessage> incoming() {
        return events().stream().filter(event -> event.is("IncomingMsg")).map(event -> message(event.number("msgId")));
    }

    /** Waits until the server has accepted a message for all its recipients. */
    public DeltaChatMessage awaitDelivered(int message) {
        return awaitState(message, DeltaChatMessage.OUT_DELIVERED);
    }

    /** Waits until a recipient has sent a read receipt. */
    public DeltaChatMessage awaitRead(int message) {
        return awaitState(message, DeltaChatMessage.OUT_READ);
    }

    private DeltaChatMessage awaitState(int message, int state) {
        return await("message " + message + " in state " + state, () -> {
            DeltaChatMessage now = message(message);
            if (now.state() == DeltaChatMessage.OUT_FAILED) {
                throw new DeltaChatException("message " + message + " failed: " + now.error() + lastEvents());
            }
            return Optional.of(now).filter(sent -> sent.state() >= state);
        });
    }

    public DeltaChatEvent awaitEvent(String what, Predicate<DeltaChatEvent> matches) {
        return await(what, () -> events().stream().filter(matches).findFirst());
    }

    /** Asks again with each event until there is an answer. */
    private <T> T await(String what, Supplier<Optional<T>> answer) {
        Deadline deadline = Deadline.after(DEADLINE);
        while (true) {
            int seen = events().size();
            Optional<T> found = answer.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (deadline.hasPassed()) {
                throw new DeltaChatException(address() + " waited in vain for: " + what + lastEvents());
            }
            synchronized (events) {
                deadline.await(events, () -> events.size() > seen);
            }
        }
    }

    private List<DeltaChatEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    private String lastEvents() {
        List<DeltaChatEvent> all = events();
        StringBuilder text = new StringBuilder("; its last events:");
        all.subList(Math.max(0, all.size() - EVENTS_SHOWN), all.size())
                .forEach(event -> text.append('\n').append(event.payload()));
        return text.toString();
    }
}
