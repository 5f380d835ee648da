package org.jameschatmail.protocols.imap.capability;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

/**
 * CAPABILITY of a chatmail server: what the James processors offer and a client of one mailbox that nobody shares can
 * use, XCHATMAIL and XDELTAPUSH as {@link CapabilityVisibility} says, and CONDSTORE, which James 3.8.1 supports but hides,
 * having no configuration key that shows it. {@code disabledCaps} of imapserver.xml still takes away any of them. IMAP4rev1 comes first, the rest
 * in alphabetical order. One instance serves every listener; thread-safe once the listeners are configured.
 */
@Singleton
public final class ChatmailCapabilityProcessor extends CapabilityProcessor {
    private static final Capability CHATMAIL = Capability.of("XCHATMAIL");
    private static final Capability PUSH = Capability.of("XDELTAPUSH");

    /** True, but of no use: the only namespace is the account's own, and it has every right there. */
    private static final List<Capability> USELESS =
            List.of(ImapConstants.SUPPORTS_NAMESPACES, Capability.of("LIST-MYRIGHTS"), Capability.of("I18NLEVEL=1"));

    private static final Comparator<Capability> ORDER = Comparator.comparing(
                    (Capability capability) -> !capability.equals(ImapConstants.BASIC_CAPABILITIES))
            .thenComparing(Capability::asString);

    private final CapabilityVisibility visibility;
    private final Set<Capability> disabled = ConcurrentHashMap.newKeySet();

    @Inject
    public ChatmailCapabilityProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            CapabilityVisibility visibility) {
        super(mailboxManager, statusResponses, metricFactory);
        this.visibility = visibility;
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        disabled.addAll(configuration.getDisabledCaps());
    }

    @Override
    public Set<Capability> getSupportedCapabilities(ImapSession session) {
        Set<Capability> capabilities = super.getSupportedCapabilities(session);
        capabilities.add(ImapConstants.SUPPORTS_CONDSTORE);
        if (visibility.shows(session.getState())) {
            capabilities.add(CHATMAIL);
            if (visibility.push()) {
                capabilities.add(PUSH);
            }
        }
        USELESS.forEach(capabilities::remove);
        capabilities.removeAll(disabled);
        return capabilities.stream().sorted(ORDER).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The response code that spares a client the CAPABILITY command: {@code CAPABILITY IMAP4rev1 IDLE ...}. */
    public String responseCode(ImapSession session) {
        return getSupportedCapabilities(session).stream()
                .map(Capability::asString)
                .collect(Collectors.joining(" ", "CAPABILITY ", ""));
    }
}
