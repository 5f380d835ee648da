package org.jameschatmail.guice.server;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import org.apache.james.NaiveDelegationStoreModule;
import org.apache.james.modules.MailboxModule;
import org.apache.james.modules.MailetProcessingModule;
import org.apache.james.modules.mailbox.DefaultEventModule;
import org.apache.james.modules.mailbox.MemoryDeadLetterModule;
import org.apache.james.modules.protocols.IMAPServerModule;
import org.apache.james.modules.protocols.ProtocolHandlerModule;
import org.apache.james.modules.protocols.SMTPServerModule;
import org.apache.james.modules.server.DataRoutesModules;
import org.apache.james.modules.server.DefaultProcessorsConfigurationProviderModule;
import org.apache.james.modules.server.InconsistencyQuotasSolvingRoutesModule;
import org.apache.james.modules.server.MailQueueRoutesModule;
import org.apache.james.modules.server.MailRepositoriesRoutesModule;
import org.apache.james.modules.server.MailboxRoutesModule;
import org.apache.james.modules.server.NoJwtModule;
import org.apache.james.modules.server.RawPostDequeueDecoratorModule;
import org.apache.james.modules.server.WebAdminServerModule;

/**
 * The modules of James that a chatmail server needs. Left out on purpose: JMX, Sieve, POP3, ManageSieve, LMTP, JMAP,
 * full-text search and the ActiveMQ queue.
 */
final class JamesModules {
    private JamesModules() {}

    static Module all() {
        return Modules.combine(webAdmin(), protocols(), mailProcessing());
    }

    private static Module webAdmin() {
        return Modules.combine(
                new WebAdminServerModule(),
                new NoJwtModule(),
                new DataRoutesModules(),
                new InconsistencyQuotasSolvingRoutesModule(),
                new MailboxRoutesModule(),
                new MailQueueRoutesModule(),
                new MailRepositoriesRoutesModule(),
                new TaskModule());
    }

    private static Module protocols() {
        return Modules.combine(new IMAPServerModule(), new SMTPServerModule(), new ProtocolHandlerModule());
    }

    private static Module mailProcessing() {
        return Modules.combine(
                new MailetProcessingModule(),
                new DefaultProcessorsConfigurationProviderModule(),
                new MailboxModule(),
                new DefaultEventModule(),
                new MemoryDeadLetterModule(),
                new NaiveDelegationStoreModule(),
                new RawPostDequeueDecoratorModule());
    }
}
