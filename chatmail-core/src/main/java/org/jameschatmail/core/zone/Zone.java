package org.jameschatmail.core.zone;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.core.configuration.TlsMode;
import org.jameschatmail.core.dkim.SigningKey;

/**
 * What has to be published for a domain. Immutable.
 *
 * @param records none for an address literal, which has no zone
 * @param notes what the operator has to add, in a sentence each
 */
public record Zone(List<ZoneRecord> records, List<String> notes) {
    private static final String LETS_ENCRYPT = "letsencrypt.org";

    public Zone {
        records = List.copyOf(records);
        notes = List.copyOf(notes);
    }

    /**
     * The zone of a server.
     *
     * @param keys all that sign or will
     * @param addresses by which the world reaches the server; none when that isn't known
     */
    public static Zone of(ChatmailConfiguration configuration, List<SigningKey> keys, List<InetAddress> addresses) {
        if (configuration.relay().domain().isAddressLiteral()) {
            return new Zone(List.of(), List.of("The domain is an address: there is nothing to publish."));
        }
        Writer writer = new Writer(configuration);
        writer.addresses(addresses);
        writer.mail();
        keys.forEach(key -> writer.text(key.selector() + "._domainkey.", key.record()));
        writer.encryption();
        writer.clients();
        return new Zone(writer.records, writer.notes);
    }

    /** The lines of a zone file; the notes are comments in front. */
    public String text() {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append("; ").append(note).append('\n'));
        records.forEach(record -> text.append(record.line()).append('\n'));
        return text.toString();
    }

    private static final class Writer {
        private final ChatmailConfiguration configuration;
        private final String domain;
        private final String host;
        private final boolean hostIsAddress;
        private final List<ZoneRecord> records = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Writer(ChatmailConfiguration configuration) {
            this.configuration = configuration;
            this.domain = configuration.relay().domain().text();
            this.hostIsAddress = configuration.relay().hostname().isAddressLiteral();
            this.host =
                    hostIsAddress ? domain : configuration.relay().hostname().text();
        }

        private void add(String prefix, RecordType type, String value) {
            records.add(new ZoneRecord(prefix + domain, type, value));
        }

        void text(String prefix, String value) {
            add(prefix, RecordType.TXT, value);
        }

        void addresses(List<InetAddress> addresses) {
            Set<String> names = new LinkedHashSet<>(List.of(domain, host));
            if (addresses.isEmpty()) {
                notes.add("The public address isn't known on this machine: add A and AAAA records for "
                        + String.join(" and ", names) + ".");
            }
            for (String name : names) {
                for (InetAddress address : addresses) {
                    RecordType type = address instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
                    records.add(new ZoneRecord(name, type, address.getHostAddress()));
                }
            }
            if (hostIsAddress) {
                notes.add("The hostname is an address, which other servers can't verify: set it to a name.");
            }
        }

        void mail() {
            add("", RecordType.MX, "10 " + host);
            text("", "v=spf1 mx -all");
            text("_dmarc.", "v=DMARC1; p=reject; adkim=s; aspf=s");
        }

        void encryption() {
            text("_mta-sts.", "v=STSv1; id=" + new MtaStsPolicy(host).id());
            add("mta-sts.", RecordType.CNAME, host);
            configuration
                    .privacy()
                    .mail()
                    .ifPresentOrElse(
                            mail -> text("_smtp._tls.", "v=TLSRPTv1; rua=mailto:" + mail),
                            () -> notes.add(
                                    "Reports on TLS (_smtp._tls) need a mailbox that takes cleartext: set privacy.mail."));
            if (configuration.tls().mode() == TlsMode.ACME && isLetsEncrypt()) {
                add("", RecordType.CAA, "0 issue \"" + LETS_ENCRYPT + '"');
            } else {
                notes.add("A CAA record keeps others from issuing certificates; it names the authority of yours.");
            }
        }

        private boolean isLetsEncrypt() {
            String authority = configuration.acme().directory().getHost();
            return authority != null && authority.toLowerCase(Locale.ROOT).endsWith("." + LETS_ENCRYPT);
        }

        void clients() {
            add("autoconfig.", RecordType.CNAME, host);
            ListenConfiguration listen = configuration.listen();
            service("_submissions", listen.port(Service.SUBMISSIONS));
            service("_submission", listen.port(Service.SUBMISSION));
            service("_imaps", listen.port(Service.IMAPS));
            service("_imap", listen.port(Service.IMAP));
        }

        private void service(String label, int port) {
            add(label + "._tcp.", RecordType.SRV, "0 1 " + port + " " + host);
        }
    }
}
