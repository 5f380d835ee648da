package org.jameschatmail.web.page;

import java.util.List;
import org.jameschatmail.web.ServicePorts;
import org.jameschatmail.web.SiteConfiguration;

/** What fits through this server, and where its services listen. Immutable. */
public record InfoPage(Visit visit, SiteConfiguration site) {
    /** One row of the table of services. */
    public record Server(String service, int port, String security) {}

    /** The safest first, HTTPS's port last for networks that let nothing else through. */
    public List<Server> servers() {
        ServicePorts ports = site.ports();
        return List.of(
                new Server("IMAP", ports.imaps(), "TLS"),
                new Server("IMAP", ports.imap(), "STARTTLS"),
                new Server("IMAP", ports.https(), "TLS, ALPN"),
                new Server("SMTP", ports.submissions(), "TLS"),
                new Server("SMTP", ports.submission(), "STARTTLS"),
                new Server("SMTP", ports.https(), "TLS, ALPN"));
    }
}
