package org.jameschatmail.web.alpn;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * TLS 1.2 and 1.3 of the JDK, with forward secrecy and authenticated encryption alone. A client that offers only
 * protocols we don't have gets the alert {@code no_application_protocol}, which keeps attackers from playing one
 * protocol's server off against another's client.
 *
 * @see <a href="https://alpaca-attack.com/">ALPACA: application layer protocol confusion</a>
 */
final class ServerTls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    /** The last of them isn't a cipher but says that renegotiation is done securely. */
    private static final Pattern CIPHERS = Pattern.compile(
            "TLS_(AES|CHACHA20)_.*|TLS_ECDHE_.*_(GCM|CHACHA20_POLY1305)_.*|TLS_EMPTY_RENEGOTIATION_INFO_SCSV");

    private ServerTls() {}

    static SslContext context(SSLContext context, List<String> protocols) {
        String[] ciphers = Arrays.stream(context.getDefaultSSLParameters().getCipherSuites())
                .filter(cipher -> CIPHERS.matcher(cipher).matches())
                .toArray(String[]::new);
        CipherSuiteFilter ours = (asked, usual, supported) -> ciphers;
        ApplicationProtocolConfig alpn = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.FATAL_ALERT, SelectedListenerFailureBehavior.ACCEPT, protocols);
        return new JdkSslContext(context, false, null, ours, alpn, ClientAuth.NONE, VERSIONS, false);
    }
}
