package org.jameschatmail.guice.server;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.guice.configuration.JamesValues;
import org.jameschatmail.guice.tls.CertificateSource;

/** Says in James' words what {@code chatmail.properties} says in ours. */
final class JamesValuesFactory {
    private JamesValuesFactory() {}

    static JamesValues of(ChatmailConfiguration configuration, CertificateSource certificate) {
        Map<String, String> values = new HashMap<>();
        values.put("domain", configuration.relay().domain().text());
        values.put("hostname", configuration.relay().hostname().text());
        values.put("bind.smtp", bind(configuration, Service.SMTP));
        values.put("bind.submissions", bind(configuration, Service.SUBMISSIONS));
        values.put("bind.submission", bind(configuration, Service.SUBMISSION));
        values.put("bind.imap", bind(configuration, Service.IMAP));
        values.put("bind.imaps", bind(configuration, Service.IMAPS));
        values.put("port.webadmin", Integer.toString(configuration.listen().port(Service.WEBADMIN)));
        values.put("tls.certificate", certificate.certificateFile().toUri().toString());
        values.put("tls.private-key", certificate.privateKeyFile().toUri().toString());
        values.put("message.size.max", Long.toString(configuration.message().sizeMax()));
        values.put("smtp.connections.max", Integer.toString(configuration.smtp().connectionsMax()));
        values.put(
                "smtp.connections.per-network",
                Integer.toString(configuration.smtp().connectionsPerNetwork()));
        values.put("imap.connections.max", Integer.toString(configuration.imap().connectionsMax()));
        values.put(
                "imap.connections.per-network",
                Integer.toString(configuration.imap().connectionsPerNetwork()));
        return new JamesValues(values);
    }

    /** James takes {@code address:port}, separated by commas; its IPv4 wildcard is Java's, which takes IPv6 as well. */
    private static String bind(ChatmailConfiguration configuration, Service service) {
        return BindAddresses.withoutOverlap(configuration.listen().endpoints(service)).stream()
                .map(JamesValuesFactory::text)
                .collect(Collectors.joining(","));
    }

    private static String text(InetSocketAddress endpoint) {
        String address = endpoint.getAddress().isAnyLocalAddress()
                ? "0.0.0.0"
                : endpoint.getAddress().getHostAddress();
        return address + ":" + endpoint.getPort();
    }
}
