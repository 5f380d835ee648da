package org.jameschatmail.guice.account;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.jameschatmail.core.account.CleartextConsents;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadata;

/** Accounts that come to be by their first login. */
public final class AccountModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(UsersRepository.class).to(ChatmailUsersRepository.class);
        bind(CleartextConsents.class).to(JdbcCleartextConsents.class);
    }

    @ProvidesIntoSet
    AccountData deviceTokens(DeviceTokens tokens) {
        return tokens::removeAll;
    }

    @ProvidesIntoSet
    AccountData cleartextConsent(CleartextConsents consents) {
        return owner -> consents.withdraw(owner.asString());
    }

    @ProvidesIntoSet
    AccountData mailboxMetadata(MailboxMetadata metadata) {
        return metadata::removeAll;
    }

    @ProvidesIntoSet
    InitializationOperation configureUsers(ConfigurationProvider configuration, ChatmailUsersRepository users) {
        return InitilizationOperationBuilder.forClass(ChatmailUsersRepository.class)
                .init(() -> users.configure(configuration.getConfiguration("usersrepository")));
    }
}
