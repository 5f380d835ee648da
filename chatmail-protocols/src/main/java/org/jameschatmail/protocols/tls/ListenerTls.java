package org.jameschatmail.protocols.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.lib.LegacyJavaEncryptionFactory;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.netty.Encryption;
import org.jameschatmail.core.network.TlsProfile;

/**
 * TLS of a James listener by BoringSSL, where its native library loads (Linux with glibc), else by the JDK: TLS 1.2 and
 * 1.3, forward secrecy, tickets that let a client come back without a whole handshake. Made from the PEM files that the
 * listener's configuration names. Thread-safe.
 */
public final class ListenerTls implements Encryption {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final SslContext context;
    private final boolean startTls;
    private final String[] ciphers;

    private ListenerTls(SslContext context, boolean startTls, String[] ciphers) {
        this.context = context;
        this.startTls = startTls;
        this.ciphers = ciphers;
    }

    /**
     * What a listener's {@code <tls>} element asks for. A keystore, a key with a password and client certificates are
     * left to James.
     *
     * @throws Exception when the files can't be read or don't belong together
     */
    public static Encryption of(FileSystem files, SslConfig config) throws Exception {
        if (config.getKeystore() != null || config.getSecret() != null || config.getClientAuth() != ClientAuth.NONE) {
            return new LegacyJavaEncryptionFactory(files, config).create();
        }
        TlsIdentity identity = identity(files, config);
        String[] ciphers = config.getEnabledCipherSuites();
        String[] protocols = config.getEnabledProtocols();
        SslContext context = SslContextBuilder.forServer(identity.privateKey(), identity.chain())
                .sslProvider(provider())
                .protocols(protocols.length == 0 ? TlsProfile.VERSIONS : List.of(protocols))
                .ciphers(
                        ciphers.length == 0 ? TlsProfile.CIPHERS : List.of(ciphers),
                        SupportedCipherSuiteFilter.INSTANCE)
                .build();
        offerTickets(context);
        return new ListenerTls(context, config.useStartTLS(), ciphers);
    }

    private static TlsIdentity identity(FileSystem files, SslConfig config) throws IOException {
        try (InputStream certificates = files.getResource(config.getCertificates());
                InputStream privateKey = files.getResource(config.getPrivateKey())) {
            return new TlsIdentity(
                    PemFile.read("privateKey", config.getPrivateKey(), privateKey)
                            .privateKey(),
                    PemFile.read("certificates", config.getCertificates(), certificates)
                            .chain());
        }
    }

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** The key is the process' own: tickets end with a restart, and with a new certificate. */
    private static void offerTickets(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            SecureRandom random = new SecureRandom();
            sessions.setTicketKeys(new OpenSslSessionTicketKey(
                    bytes(random, OpenSslSessionTicketKey.NAME_SIZE),
                    bytes(random, OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                    bytes(random, OpenSslSessionTicketKey.AES_KEY_SIZE)));
        }
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public boolean isStartTLS() {
        return startTls;
    }

    @Override
    public boolean supportsEncryption() {
        return true;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return ciphers.clone();
    }

    @Override
    public ClientAuth getClientAuth() {
        return ClientAuth.NONE;
    }

    @Override
    public SslHandler sslHandler() {
        SslHandler handler = context.newHandler(ByteBufAllocator.DEFAULT);
        handler.setHandshakeTimeoutMillis(HANDSHAKE.toMillis());
        return handler;
    }
}
