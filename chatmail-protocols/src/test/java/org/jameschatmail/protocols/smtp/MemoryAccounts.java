package org.jameschatmail.protocols.smtp;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.jameschatmail.core.account.CleartextConsents;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.configuration.DkimMode;
import org.jameschatmail.core.configuration.IncomingConfiguration;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.protocols.dkim.DkimCheck;

/** The accounts of {@code example.org} in memory, and the rules of mail for them; signatures aren't needed. */
final class MemoryAccounts {
    static final String ALICE = "ac1_alice@example.org";
    static final String BOB = "ac1_bob@example.org";
    static final String PASSWORD = "correct horse";
    static final IncomingConfiguration UNSIGNED = new IncomingConfiguration(DkimMode.OFF);

    final MemoryDomainList domains = new MemoryDomainList(null);
    final MemoryUsersRepository users;
    final MemoryRecipientRewriteTable rewrites = new MemoryRecipientRewriteTable();
    final LocalRecipients recipients;
    final Consents consents = new Consents();
    final DkimCheck signatures = new DkimCheck(DeliveryConfiguration.DEFAULT, Clock.systemUTC());

    MemoryAccounts() throws Exception {
        domains.configure(DomainListConfiguration.builder()
                .autoDetect(false)
                .autoDetectIp(false)
                .build());
        domains.addDomain(Domain.of("example.org"));
        users = MemoryUsersRepository.withVirtualHosting(domains);
        users.configure(quickPasswords());
        users.addUser(Username.of(ALICE), PASSWORD);
        users.addUser(Username.of(BOB), PASSWORD);
        rewrites.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        rewrites.setDomainList(domains);
        recipients = new LocalRecipients(domains, users, rewrites);
    }

    /** One round of a hash, for a fuzzer logs in all day. */
    private static BaseHierarchicalConfiguration quickPasswords() {
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        configuration.addProperty("algorithm", "SHA-256");
        configuration.addProperty("enableVirtualHosting", true);
        return configuration;
    }

    IncomingRules rules() {
        return new IncomingRules(MessageConfiguration.DEFAULT, UNSIGNED, signatures, recipients, consents);
    }

    /** Who takes cleartext; nobody at first. */
    static final class Consents implements CleartextConsents {
        private final Set<String> given = new HashSet<>();
        private boolean outOfReach;

        void becomeOutOfReach() {
            outOfReach = true;
        }

        @Override
        public boolean areGivenBy(Collection<String> accounts) {
            if (outOfReach) {
                throw new IllegalStateException("out of reach");
            }
            return given.containsAll(accounts);
        }

        @Override
        public void give(String account) {
            given.add(account);
        }

        @Override
        public void withdraw(String account) {
            given.remove(account);
        }
    }
}
