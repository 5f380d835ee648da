package org.jameschatmail.protocols.imap.connection;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.NettyImapSession;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.apache.james.protocols.netty.Encryption;
import org.jameschatmail.protocols.imap.frame.CommandFramer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * James' session, which lets go of a mailbox before it forgets it, and begins TLS with nothing read before it. Used by
 * one command at a time.
 */
final class ConnectedSession extends NettyImapSession {
    private final Channel channel;
    private final CommandFramer framer;
    private final @Nullable Encryption encryption;

    ConnectedSession(
            Channel channel,
            CommandFramer framer,
            @Nullable Encryption encryption,
            boolean compress,
            AuthenticationConfiguration authentication) {
        super(
                channel,
                encryption,
                compress,
                authentication.isSSLRequired(),
                authentication.isPlainAuthEnabled(),
                SessionId.generate(),
                Optional.empty());
        this.channel = channel;
        this.framer = framer;
        this.encryption = encryption;
    }

    /** James' own forgets the mailbox first, whose listener then stays for ever. */
    @Override
    public Mono<Void> deselect() {
        return Mono.defer(() -> {
            SelectedMailbox selected = getSelected();
            Mono<Void> letGo = selected == null ? Mono.empty() : selected.deselect();
            return letGo.then(Mono.defer(super::deselect));
        });
    }

    /** What is to be done at once needs no place among what waits for its time. */
    @Override
    public void schedule(Runnable work, Duration wait) {
        if (wait.isZero()) {
            channel.eventLoop().execute(work);
        } else {
            super.schedule(work, wait);
        }
    }

    /**
     * Waits until TLS is there, since the reply goes out on the event loop and whoever carries out the command would
     * write beside it. What has arrived before TLS was sent in the clear, by whomever, and ends the connection.
     */
    @Override
    public boolean startTLS(Runnable announce) {
        if (encryption == null || !supportStartTLS()) {
            return false;
        }
        channel.eventLoop().submit(() -> begin(encryption, announce)).syncUninterruptibly();
        return true;
    }

    private void begin(Encryption tls, Runnable announce) {
        if (framer.hasReadAhead()) {
            channel.pipeline().fireExceptionCaught(new CommandInjectionDetectedException());
            channel.close();
            return;
        }
        announce.run();
        channel.pipeline().addFirst(SSL_HANDLER, tls.sslHandler());
    }
}
