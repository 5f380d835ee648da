package org.jameschatmail.protocols.dkim;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jameschatmail.core.address.HostAndPort;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks recursive name servers for key records: by UDP, by TCP when an answer doesn't fit, each server in turn and
 * twice, aliases followed. Blocks the thread that calls. Thread-safe.
 */
final class KeyRecords {
    /** Of one question to one server: so that a dead one leaves time for another. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int ROUNDS = 2;
    private static final int MAX_ALIASES = 8;
    private static final int MAX_KEYS = 5;

    private final List<HostAndPort> servers;

    /** @param servers the resolvers; none is the system's */
    KeyRecords(List<HostAndPort> servers) {
        this.servers = List.copyOf(servers);
    }

    /** @param keyName such as {@code selector._domainkey.example.org} */
    KeyAnswer lookUp(String keyName, Deadline deadline) {
        Name name;
        try {
            name = Name.fromString(keyName, Name.root);
        } catch (TextParseException impossibleName) {
            return new KeyAnswer.Missing();
        }
        long timeToLive = Long.MAX_VALUE;
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            Optional<Message> reply = ask(name, deadline);
            if (reply.isEmpty()) {
                return new KeyAnswer.Unavailable();
            }
            Alias end = followAliases(reply.get(), name, timeToLive);
            List<TXTRecord> records = records(reply.get(), end.name());
            if (!records.isEmpty()) {
                return answer(records, end.timeToLive());
            }
            if (end.name().equals(name) || reply.get().getRcode() == Rcode.NXDOMAIN) {
                return new KeyAnswer.Missing();
            }
            name = end.name();
            timeToLive = end.timeToLive();
        }
        return new KeyAnswer.Missing();
    }

    /** Where a chain of aliases has come to, and the shortest life of its links in seconds. */
    private record Alias(Name name, long timeToLive) {}

    private static Alias followAliases(Message reply, Name start, long timeToLive) {
        Alias end = new Alias(start, timeToLive);
        for (int i = 0; i < MAX_ALIASES; i++) {
            Alias link = end;
            Optional<Alias> next = reply.getSection(Section.ANSWER).stream()
                    .filter(record ->
                            record instanceof CNAMERecord && record.getName().equals(link.name()))
                    .map(record ->
                            new Alias(((CNAMERecord) record).getTarget(), Math.min(link.timeToLive(), record.getTTL())))
                    .findFirst();
            if (next.isEmpty()) {
                return end;
            }
            end = next.get();
        }
        return end;
    }

    private static List<TXTRecord> records(Message reply, Name name) {
        return reply.getSection(Section.ANSWER).stream()
                .filter(record ->
                        record instanceof TXTRecord && record.getName().equals(name))
                .map(TXTRecord.class::cast)
                .limit(MAX_KEYS)
                .toList();
    }

    private static KeyAnswer answer(List<TXTRecord> records, long aliasTimeToLive) {
        List<DkimKey> keys = records.stream()
                .map(KeyRecords::text)
                .map(DkimKey::parse)
                .flatMap(Optional::stream)
                .toList();
        if (keys.isEmpty()) {
            return new KeyAnswer.Missing();
        }
        long timeToLive = records.stream().mapToLong(Record::getTTL).min().orElse(0);
        return new KeyAnswer.Found(keys, Duration.ofSeconds(Math.min(timeToLive, aliasTimeToLive)));
    }

    private static String text(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (Object string : record.getStringsAsByteArrays()) {
            text.append(new String((byte[]) string, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    /** The first reply that says something about the name. */
    private Optional<Message> ask(Name name, Deadline deadline) {
        Message query = Message.newQuery(Record.newRecord(name, Type.TXT, DClass.IN));
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : addresses()) {
                Optional<Message> reply = ask(server, query, deadline).filter(KeyRecords::isConclusive);
                if (reply.isPresent()) {
                    return reply;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Message> ask(InetSocketAddress server, Message query, Deadline deadline) {
        Duration remaining = deadline.remaining();
        Duration patience = remaining.compareTo(PATIENCE) < 0 ? remaining : PATIENCE;
        if (patience.isZero() || server.isUnresolved() || Thread.currentThread().isInterrupted()) {
            return Optional.empty();
        }
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(patience);
        CompletableFuture<Message> reply = resolver.sendAsync(query).toCompletableFuture();
        try {
            return Optional.of(reply.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException noReply) {
            return Optional.empty();
        } finally {
            reply.cancel(true);
        }
    }

    /** A server that neither owns the zone nor asks for us knows nothing, even when it says so politely. */
    private static boolean isConclusive(Message reply) {
        boolean knows = reply.getHeader().getFlag(Flags.RA) || reply.getHeader().getFlag(Flags.AA);
        return knows && (reply.getRcode() == Rcode.NOERROR || reply.getRcode() == Rcode.NXDOMAIN);
    }

    private List<InetSocketAddress> addresses() {
        if (servers.isEmpty()) {
            return ResolverConfig.getCurrentConfig().servers();
        }
        return servers.stream()
                .map(server -> new InetSocketAddress(server.host(), server.port()))
                .toList();
    }
}
