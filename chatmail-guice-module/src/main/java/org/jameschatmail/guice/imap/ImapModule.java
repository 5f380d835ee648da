package org.jameschatmail.guice.imap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.james.events.InVMEventBus;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.imapserver.netty.IMAPServerFactory;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.guice.metadata.JdbcDeviceTokens;
import org.jameschatmail.guice.metadata.JdbcMailboxMetadata;
import org.jameschatmail.guice.metadata.SharedMetadata;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.jameschatmail.protocols.imap.capability.ChatmailCapabilityProcessor;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadata;
import org.jameschatmail.protocols.imap.metadata.ServerMetadata;
import org.jameschatmail.protocols.imap.selection.SteadyEventBus;
import org.jameschatmail.protocols.imap.server.ChatmailImapServerFactory;

/** Our IMAP listeners in the place of James', and what our processors ask for. */
public final class ImapModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(InVMEventBus.class).to(SteadyEventBus.class).in(Scopes.SINGLETON);
        bind(ChatmailImapServerFactory.class).in(Scopes.SINGLETON);
        bind(IMAPServerFactory.class).to(ChatmailImapServerFactory.class);
        bind(ChatmailCapabilityProcessor.class).in(Scopes.SINGLETON);
        bind(CapabilityProcessor.class).to(ChatmailCapabilityProcessor.class);
        bind(ServerMetadata.class).to(SharedMetadata.class);
    }

    @Provides
    @Singleton
    DeviceTokens deviceTokens(DataSource dataSource, Clock clock) {
        return new JdbcDeviceTokens(dataSource, clock);
    }

    @Provides
    @Singleton
    MailboxMetadata mailboxMetadata(DataSource dataSource) {
        return new JdbcMailboxMetadata(dataSource);
    }

    @Provides
    CapabilityVisibility capabilityVisibility(ChatmailConfiguration configuration) {
        return new CapabilityVisibility(
                configuration.imap().capabilityBeforeLogin(),
                configuration.push().url().isPresent());
    }
}
