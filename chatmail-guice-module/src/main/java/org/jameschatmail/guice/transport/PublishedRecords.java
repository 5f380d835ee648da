package org.jameschatmail.guice.transport;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.zone.RecordType;
import org.jameschatmail.core.zone.ZoneCheck;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What the name service says, in the form of our zone. Thread-safe. */
public final class PublishedRecords implements ZoneCheck.Lookup {
    private final NameService names;

    /** @param servers the resolvers; none is the system's */
    public PublishedRecords(List<HostAndPort> servers) {
        this.names = new NameService(servers);
    }

    @Override
    public Optional<List<String>> values(String name, RecordType type) {
        return names.records(name, Type.value(type.name()))
                .map(records -> records.stream().map(PublishedRecords::value).toList());
    }

    private static String value(Record record) {
        if (record instanceof ARecord four) {
            return four.getAddress().getHostAddress();
        }
        if (record instanceof AAAARecord six) {
            return six.getAddress().getHostAddress();
        }
        if (record instanceof MXRecord mx) {
            return mx.getPriority() + " " + host(mx.getTarget());
        }
        if (record instanceof SRVRecord srv) {
            return "%d %d %d %s".formatted(srv.getPriority(), srv.getWeight(), srv.getPort(), host(srv.getTarget()));
        }
        if (record instanceof CAARecord caa) {
            return "%d %s \"%s\"".formatted(caa.getFlags(), caa.getTag(), caa.getValue());
        }
        return record instanceof TXTRecord text ? NameService.text(text) : record.rdataToString();
    }

    private static String host(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
