package org.jameschatmail.protocols.imap.connection;

import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.jameschatmail.protocols.imap.frame.CommandMemory;
import org.jameschatmail.protocols.imap.frame.FrameLimits;
import reactor.core.scheduler.Scheduler;

/**
 * What all connections of one listener share.
 *
 * @param greeting the text after {@code * OK}
 * @param compress whether COMPRESS=DEFLATE is offered
 * @param afterLogin what a client may send once it is logged in
 * @param commandThreads where commands are carried out
 */
public record ListenerSettings(
        ImapDecoder decoder,
        ImapEncoder encoder,
        ImapProcessor processor,
        ImapMetrics metrics,
        String greeting,
        boolean compress,
        AuthenticationConfiguration authentication,
        FrameLimits afterLogin,
        CommandMemory memory,
        Scheduler commandThreads) {}
