package org.jameschatmail.web.alpn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first message of a connection's handshake, then gives way to TLS: with the certificate that proves a name
 * where a certificate authority asks for it, else with ours. A client that offers only protocols we don't have gets the
 * alert {@code no_application_protocol}, which keeps attackers from playing one protocol's server off against another's
 * client; BoringSSL would let it pass.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8737#section-3">RFC 8737, section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7301#section-3.2">RFC 7301, section 3.2</a>
 * @see <a href="https://alpaca-attack.com/">ALPACA: application layer protocol confusion</a>
 */
final class FirstMessage extends SslClientHelloHandler<FirstMessage.Verdict> {
    private static final int LARGEST_HELLO = 16_384;
    private static final List<String> AUTHORITY = List.of(PendingChallenges.PROTOCOL);

    /** A record that holds an alert of two octets: fatal, no_application_protocol. */
    private static final byte[] NO_SUCH_PROTOCOL = {21, 3, 3, 0, 2, 2, 120};

    private final SslContext ours;
    private final Collection<String> protocols;
    private final PendingChallenges challenges;
    private final Duration patience;
    private final Duration lastBytes;
    private @Nullable ScheduledFuture<?> end;

    /** What becomes of the connection. */
    record Verdict(boolean refused, Optional<SSLContext> proof) {}

    /**
     * @param protocols that we have
     * @param patience for the whole handshake
     * @param lastBytes how long a client may take for what is sent before the connection is closed
     */
    FirstMessage(
            SslContext ours,
            Collection<String> protocols,
            PendingChallenges challenges,
            Duration patience,
            Duration lastBytes) {
        super(LARGEST_HELLO);
        this.ours = ours;
        this.protocols = protocols;
        this.challenges = challenges;
        this.patience = patience;
        this.lastBytes = lastBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor().schedule(() -> context.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected Future<Verdict> lookup(ChannelHandlerContext context, @Nullable ByteBuf clientHello) {
        return context.executor()
                .newSucceededFuture(Optional.ofNullable(clientHello)
                        .flatMap(ClientHello::parse)
                        .map(this::judge)
                        .orElse(new Verdict(false, Optional.empty())));
    }

    private Verdict judge(ClientHello hello) {
        Optional<SSLContext> proof =
                hello.protocols().equals(AUTHORITY) ? challenges.handshake(hello.serverName()) : Optional.empty();
        boolean strange = !hello.protocols().isEmpty() && Collections.disjoint(hello.protocols(), protocols);
        return new Verdict(strange && proof.isEmpty(), proof);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<Verdict> judged) {
        Verdict verdict = judged.getNow();
        if (verdict.refused()) {
            context.writeAndFlush(Unpooled.wrappedBuffer(NO_SUCH_PROTOCOL)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        SslHandler tls = verdict.proof()
                .map(proof -> ServerTls.proof(proof, AUTHORITY).newHandler(context.alloc()))
                .orElseGet(() -> ours.newHandler(context.alloc()));
        tls.setHandshakeTimeoutMillis(left());
        tls.setCloseNotifyFlushTimeoutMillis(lastBytes.toMillis());
        context.pipeline().replace(this, TlsPort.SSL_HANDLER, tls);
    }

    private long left() {
        ScheduledFuture<?> scheduled = end;
        return scheduled == null ? patience.toMillis() : Math.max(1, scheduled.getDelay(TimeUnit.MILLISECONDS));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        if (end != null) {
            end.cancel(false);
        }
        super.handlerRemoved0(context);
    }
}
