package org.jameschatmail.guice.account;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.io.IOException;
import java.security.SecureRandom;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.jameschatmail.core.account.AccountBans;
import org.jameschatmail.core.account.AccountDirectory;
import org.jameschatmail.core.account.AccountKeeping;
import org.jameschatmail.core.account.CleartextConsents;
import org.jameschatmail.core.account.InvitationStore;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadata;

/** Accounts that come to be by their first login. */
public final class AccountModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(UsersRepository.class).to(ChatmailUsersRepository.class);
        bind(AccountHistory.class).to(JdbcAccountHistory.class);
        bind(CleartextConsents.class).to(JdbcCleartextConsents.class);
        bind(RegistrationControl.class).to(SwitchedRegistration.class);
        bind(InvitationStore.class).to(JdbcInvitations.class);
        bind(AccountBans.class).to(SessionEndingBans.class);
        bind(AccountDirectory.class).to(JdbcAccountDirectory.class);
        bind(AccountKeeping.class).to(KeptAccounts.class);
        Multibinder.newSetBinder(binder(), NewAccountPart.class);
    }

    @Provides
    @Singleton
    AddressDigest addressDigest(ServerDirectories directories, SecureRandom random) throws IOException {
        return AddressDigest.of(directories.data(), random);
    }

    @ProvidesIntoSet
    InitializationOperation writeLogins(JdbcAccountHistory history) {
        return InitilizationOperationBuilder.forClass(JdbcAccountHistory.class).init(history::start);
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
    AccountData ban(AccountBans bans) {
        return owner -> bans.lift(owner.asString());
    }

    @ProvidesIntoSet
    AccountData reservation(InvitationStore invitations) {
        return owner -> invitations.redeem(owner.asString());
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
