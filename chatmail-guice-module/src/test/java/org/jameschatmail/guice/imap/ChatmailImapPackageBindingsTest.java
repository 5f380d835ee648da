package org.jameschatmail.guice.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.events.EventBus;
import org.apache.james.imap.api.display.Localizer;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.MailboxTyper;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.utils.ClassName;
import org.jameschatmail.core.configuration.ImapConfiguration;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.jameschatmail.protocols.imap.capability.ChatmailCapabilityProcessor;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadata;
import org.jameschatmail.protocols.imap.metadata.ServerMetadata;
import org.junit.jupiter.api.Test;

/** Guice finds all that the classes of the package ask for, given what James binds and four bindings of ours. */
class ChatmailImapPackageBindingsTest {
    private static final List<Class<?>> BOUND_BY_JAMES = List.of(
            Clock.class,
            EventBus.class,
            ImapCommandParserFactory.class,
            Localizer.class,
            MailboxManager.class,
            MailboxTyper.class,
            MetricFactory.class,
            QuotaManager.class,
            QuotaRootResolver.class,
            StatusResponseFactory.class,
            SubscriptionManager.class);

    private static final List<Class<?>> BOUND_BY_US = List.of(
            CapabilityVisibility.class,
            DeviceTokens.class,
            ImapConfiguration.class,
            MailboxMetadata.class,
            MessageConfiguration.class,
            ServerMetadata.class);

    @Test
    void guiceShouldResolveEachClassOfThePackage() throws ClassNotFoundException {
        Injector injector = Guice.createInjector(Stage.TOOL, new AbstractModule() {
            @Override
            protected void configure() {
                Stream.concat(BOUND_BY_JAMES.stream(), BOUND_BY_US.stream()).forEach(this::bindUnused);
                bind(CapabilityProcessor.class).to(ChatmailCapabilityProcessor.class);
            }

            private <T> void bindUnused(Class<T> type) {
                bind(type).toProvider(() -> {
                    throw new UnsupportedOperationException("Only resolved");
                });
            }
        });
        ImapPackage subject = new ChatmailImapPackage();

        for (ClassName name : Stream.of(subject.processors(), subject.decoders(), subject.encoders())
                .flatMap(names -> names.stream())
                .toList()) {
            assertThat(injector.getBinding(Class.forName(name.getName()))).isNotNull();
        }
    }
}
