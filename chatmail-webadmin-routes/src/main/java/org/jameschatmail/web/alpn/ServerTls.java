package org.jameschatmail.web.alpn;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jameschatmail.core.network.TlsProfile;

/** TLS 1.2 and 1.3 with forward secrecy and authenticated encryption alone. */
final class ServerTls {
    private ServerTls() {}

    /**
     * By BoringSSL, where its native library loads, else by the JDK: a handshake costs a third by the former. A client
     * that comes back with a ticket is spared the most of one; the tickets' key is the process' own.
     *
     * @param keys asked in each handshake; an alias stands for one key and chain for ever
     */
    static SslContext context(KeyManager keys, List<String> protocols) {
        KeyManagerFactory factory = new KeyManagerFactoryWrapper(keys);
        boolean boringSsl = OpenSsl.isAvailable();
        try {
            SslContext context = SslContextBuilder.forServer(
                            boringSsl ? new OpenSslCachingX509KeyManagerFactory(factory) : factory)
                    .sslProvider(boringSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols(TlsProfile.VERSIONS)
                    .ciphers(TlsProfile.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            protocols))
                    .build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setTicketKeys(ticketKey());
            }
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static OpenSslSessionTicketKey ticketKey() {
        byte[] octets = new byte[OpenSslSessionTicketKey.TICKET_KEY_SIZE];
        new SecureRandom().nextBytes(octets);
        int hmac = OpenSslSessionTicketKey.NAME_SIZE;
        int aes = hmac + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(octets, hmac),
                Arrays.copyOfRange(octets, hmac, aes),
                Arrays.copyOfRange(octets, aes, octets.length));
    }

    /** What proves a name to a certificate authority, by the JDK. */
    static SslContext proof(SSLContext proof, List<String> protocols) {
        ApplicationProtocolConfig alpn = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.FATAL_ALERT, SelectedListenerFailureBehavior.ACCEPT, protocols);
        return new JdkSslContext(
                proof,
                false,
                TlsProfile.CIPHERS,
                SupportedCipherSuiteFilter.INSTANCE,
                alpn,
                ClientAuth.NONE,
                TlsProfile.VERSIONS.toArray(String[]::new),
                false);
    }
}
