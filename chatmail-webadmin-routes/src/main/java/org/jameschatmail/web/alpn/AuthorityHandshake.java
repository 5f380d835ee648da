package org.jameschatmail.web.alpn;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first message of a connection's handshake, then gives way to TLS: with the certificate that proves a name
 * where a certificate authority asks for it, else with ours. Stands in the pipeline only while an order is under way.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8737#section-3">RFC 8737, section 3</a>
 */
final class AuthorityHandshake extends SslClientHelloHandler<Optional<SSLContext>> {
    private static final int LARGEST_HELLO = 16_384;
    private static final List<String> AUTHORITY = List.of(PendingChallenges.PROTOCOL);

    private final PendingChallenges challenges;
    private final Supplier<SslHandler> ours;
    private final Duration patience;

    /**
     * @param ours what encrypts for all others
     * @param patience for the first message; what comes then has its own
     */
    AuthorityHandshake(PendingChallenges challenges, Supplier<SslHandler> ours, Duration patience) {
        super(LARGEST_HELLO);
        this.challenges = challenges;
        this.ours = ours;
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.executor().schedule(() -> closeWhenSilent(context), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void closeWhenSilent(ChannelHandlerContext context) {
        if (!context.isRemoved()) {
            context.close();
        }
    }

    @Override
    protected Future<Optional<SSLContext>> lookup(ChannelHandlerContext context, @Nullable ByteBuf clientHello) {
        Optional<SSLContext> proof = Optional.ofNullable(clientHello)
                .flatMap(ClientHello::parse)
                .filter(hello -> hello.protocols().equals(AUTHORITY))
                .flatMap(hello -> challenges.handshake(hello.serverName()));
        return context.executor().newSucceededFuture(proof);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<Optional<SSLContext>> proof) {
        SslHandler tls = proof.getNow().map(found -> proving(context, found)).orElseGet(ours);
        context.pipeline().replace(this, TlsPort.SSL_HANDLER, tls);
    }

    /** Whoever waits for the end of the handshake knows no such protocol, and closes the connection. */
    private SslHandler proving(ChannelHandlerContext context, SSLContext proof) {
        SslHandler handler = ServerTls.context(proof, AUTHORITY).newHandler(context.alloc());
        handler.setHandshakeTimeoutMillis(patience.toMillis());
        return handler;
    }
}
