package org.jameschatmail.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the public pages say about this server. Immutable.
 *
 * @param domain     the mail domain, in lower case; may be an address literal, {@code [192.0.2.1]}
 * @param hostname   the name in TLS, SMTP and IMAP; the domain where nothing else is configured
 * @param ports      where the services really listen
 * @param selfSigned true where clients with strict TLS refuse our certificate
 * @param contacts   for the privacy page
 * @param limits     for the info and privacy pages
 */
public record SiteConfiguration(
        String domain,
        String hostname,
        ServicePorts ports,
        boolean selfSigned,
        PrivacyContacts contacts,
        SiteLimits limits) {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?|\\[[0-9.]{7,15}]|\\[ipv6:[0-9a-f:.]{2,45}]");
    private static final int HTTPS = 443;

    public SiteConfiguration {
        domain = domain.toLowerCase(Locale.ROOT);
        hostname = hostname.toLowerCase(Locale.ROOT);
        checkName("domain", domain);
        checkName("hostname", hostname);
    }

    /** The host of the pages as it stands in a URL: the domain, an address literal without its mail brackets. */
    public String urlHost() {
        return hostOf(domain);
    }

    /** The host clients are told to connect to: the hostname, or the bare address where it is a literal. */
    public String serviceHost() {
        String host = hostOf(hostname);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Host, and port unless it is 443: what follows {@code https://} for a browser. */
    public String authority(String host) {
        return ports.https() == HTTPS ? host : host + ":" + ports.https();
    }

    /** Every host name a request may rightly come for. */
    public List<String> hosts() {
        return Stream.of(urlHost(), hostOf(hostname), "autoconfig." + domain, "mta-sts." + domain, "www." + domain)
                .distinct()
                .toList();
    }

    /**
     * The link that makes Delta Chat ask for an account: {@code dcaccount:https://D/new}. It always means port 443:
     * the port a stranger reaches is not known here when it differs, since an offset comes with a port forwarding.
     */
    public String accountLink(Optional<String> token) {
        String query = token.map(value -> "?token=" + value).orElse("");
        return "dcaccount:https://" + urlHost() + "/new" + query;
    }

    /** The page of an invitation, {@code https://D/i/TOKEN}. */
    public String invitationLink(String token) {
        return "https://" + authority(urlHost()) + "/i/" + token;
    }

    private static String hostOf(String name) {
        if (name.startsWith("[ipv6:")) {
            return "[" + name.substring("[ipv6:".length());
        }
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    private static void checkName(String key, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(key + " is neither a host name nor an address literal: " + name);
        }
    }
}
