package org.jameschatmail.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The client configuration file: where IMAP and SMTP submission listen, the safest first, HTTPS's port last for
 * networks that let nothing else through. Delta Chat takes it before it guesses. Immutable.
 */
final class Autoconfig {
    private static final String TLS = "SSL";
    private static final String STARTTLS = "STARTTLS";

    private final SiteConfiguration site;

    Autoconfig(SiteConfiguration site) {
        this.site = site;
    }

    String xml() {
        ServicePorts ports = site.ports();
        String domain = Html.escape(site.domain());
        List<String> lines = new ArrayList<>();
        lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        lines.add("<clientConfig version=\"1.1\">");
        lines.add("  <emailProvider id=\"" + domain + "\">");
        lines.add("    <domain>" + domain + "</domain>");
        lines.add("    <displayName>" + domain + "</displayName>");
        lines.add("    <displayShortName>" + domain + "</displayShortName>");
        lines.add(server("incomingServer", "imap", ports.imaps(), TLS));
        lines.add(server("incomingServer", "imap", ports.imap(), STARTTLS));
        lines.add(server("incomingServer", "imap", ports.https(), TLS));
        lines.add(server("outgoingServer", "smtp", ports.submissions(), TLS));
        lines.add(server("outgoingServer", "smtp", ports.submission(), STARTTLS));
        lines.add(server("outgoingServer", "smtp", ports.https(), TLS));
        lines.add("  </emailProvider>");
        lines.add("</clientConfig>");
        return String.join("\n", lines) + "\n";
    }

    private String server(String element, String type, int port, String socket) {
        return """
                <%1$s type="%2$s">
                  <hostname>%3$s</hostname>
                  <port>%4$d</port>
                  <socketType>%5$s</socketType>
                  <authentication>password-cleartext</authentication>
                  <username>%%EMAILADDRESS%%</username>
                </%1$s>""".formatted(element, type, Html.escape(site.serviceHost()), port, socket)
                .indent(4)
                .stripTrailing();
    }
}
