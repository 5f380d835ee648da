package org.jameschatmail.guice.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.outgoing.MxAnswer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
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
 * Asks recursive name servers about other servers: by UDP, by TCP when an answer doesn't fit, each in turn and twice,
 * two seconds each. Blocks the thread that calls. Thread-safe.
 */
final class NameService {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int ROUNDS = 2;
    private static final int MAX_SERVERS = 3;
    private static final int MAX_ALIASES = 8;
    private static final int MAX_RECORDS = 16;

    private final List<HostAndPort> servers;

    /** @param servers the resolvers; none is the system's */
    NameService(List<HostAndPort> servers) {
        this.servers = List.copyOf(servers);
    }

    /** What the name service says about one name and type. */
    private sealed interface Answer {
        record Found(List<Record> records) implements Answer {}

        record NoSuchName() implements Answer {}

        record Trouble() implements Answer {}
    }

    MxAnswer mailHosts(String domain) {
        Answer answer = ask(domain, Type.MX);
        if (answer instanceof Answer.Found found) {
            List<MxAnswer.Record> records = found.records().stream()
                    .map(MXRecord.class::cast)
                    .map(record -> new MxAnswer.Record(record.getPriority(), hostName(record.getTarget())))
                    .toList();
            return records.isEmpty() ? new MxAnswer.None() : new MxAnswer.Records(records);
        }
        return answer instanceof Answer.NoSuchName ? new MxAnswer.NoSuchDomain() : new MxAnswer.Trouble();
    }

    private static String hostName(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true);
    }

    /** The addresses of a host, none when it has none; nothing when that isn't known now. */
    Optional<List<InetAddress>> addresses(String host) {
        Answer six = ask(host, Type.AAAA);
        Answer four = ask(host, Type.A);
        List<InetAddress> addresses = new ArrayList<>();
        if (four instanceof Answer.Found found) {
            found.records().forEach(record -> addresses.add(((ARecord) record).getAddress()));
        }
        if (six instanceof Answer.Found found) {
            found.records().forEach(record -> addresses.add(((AAAARecord) record).getAddress()));
        }
        boolean trouble = four instanceof Answer.Trouble || six instanceof Answer.Trouble;
        return addresses.isEmpty() && trouble ? Optional.empty() : Optional.of(addresses);
    }

    /** The texts of a name, none when it has none; nothing when that isn't known now. */
    Optional<List<String>> texts(String name) {
        Answer answer = ask(name, Type.TXT);
        if (answer instanceof Answer.Found found) {
            return Optional.of(found.records().stream()
                    .map(record -> text((TXTRecord) record))
                    .toList());
        }
        return answer instanceof Answer.NoSuchName ? Optional.of(List.of()) : Optional.empty();
    }

    /** The records of a name, aliases followed; nothing when that isn't known now. */
    Optional<List<Record>> records(String name, int type) {
        Answer answer = ask(name, type);
        if (answer instanceof Answer.Found found) {
            return Optional.of(found.records());
        }
        return answer instanceof Answer.NoSuchName ? Optional.of(List.of()) : Optional.empty();
    }

    static String text(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (byte[] string : record.getStringsAsByteArrays()) {
            text.append(new String(string, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private Answer ask(String name, int type) {
        Name asked;
        try {
            asked = Name.fromString(name, Name.root);
        } catch (TextParseException impossibleName) {
            return new Answer.NoSuchName();
        }
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            Optional<Message> reply = ask(Message.newQuery(Record.newRecord(asked, type, DClass.IN)));
            if (reply.isEmpty()) {
                return new Answer.Trouble();
            }
            Name end = endOfAliases(reply.get(), asked);
            List<Record> records = reply.get().getSection(Section.ANSWER).stream()
                    .filter(record ->
                            record.getType() == type && record.getName().equals(end))
                    .limit(MAX_RECORDS)
                    .toList();
            if (records.isEmpty() && reply.get().getRcode() == Rcode.NXDOMAIN) {
                return new Answer.NoSuchName();
            }
            if (!records.isEmpty() || end.equals(asked)) {
                return new Answer.Found(records);
            }
            asked = end;
        }
        return new Answer.Trouble();
    }

    private static Name endOfAliases(Message reply, Name start) {
        Name end = start;
        for (int aliases = 0; aliases < MAX_ALIASES; aliases++) {
            Name link = end;
            Optional<Name> next = reply.getSection(Section.ANSWER).stream()
                    .filter(record ->
                            record instanceof CNAMERecord && record.getName().equals(link))
                    .map(record -> ((CNAMERecord) record).getTarget())
                    .findFirst();
            if (next.isEmpty()) {
                return end;
            }
            end = next.get();
        }
        return end;
    }

    /** The first reply that says something about the name. */
    private Optional<Message> ask(Message query) {
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : resolvers()) {
                Optional<Message> reply = ask(server, query).filter(NameService::isConclusive);
                if (reply.isPresent()) {
                    return reply;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Message> ask(InetSocketAddress server, Message query) {
        if (server.isUnresolved()) {
            return Optional.empty();
        }
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(PATIENCE);
        CompletableFuture<Message> reply = resolver.sendAsync(query).toCompletableFuture();
        try {
            return Optional.of(reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
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

    private List<InetSocketAddress> resolvers() {
        List<InetSocketAddress> all = servers.isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : servers.stream()
                        .map(server -> new InetSocketAddress(server.host(), server.port()))
                        .toList();
        return all.stream().limit(MAX_SERVERS).toList();
    }
}
