package org.jameschatmail.guice.moving;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.user.api.UsersRepositoryException;
import org.jameschatmail.core.account.CleartextConsents;
import org.jameschatmail.core.account.Login;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.core.expiry.MessageCutoffs;
import org.jameschatmail.core.moving.AccountMoves;
import org.jameschatmail.core.moving.MovedAccount;
import org.jameschatmail.core.moving.MovedMailbox;
import org.jameschatmail.core.moving.MovedMessage;
import org.jameschatmail.guice.account.ChatmailUsersRepository;
import org.jameschatmail.guice.account.ForeignHash;
import org.jameschatmail.guice.account.LastLogins;
import org.jameschatmail.guice.mailbox.MovedMail;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jameschatmail.protocols.session.OpenConnections;

/**
 * Takes accounts over into the stores of this server. An account that was made here, be it by a stranger while the other
 * server still ran, gets nothing that isn't its own.
 */
@Singleton
final class RunningMoves implements AccountMoves {
    private static final Pattern LOCALPART = Pattern.compile("[a-z0-9._+-]{1,64}");

    private final ChatmailUsersRepository users;
    private final LastLogins logins;
    private final CleartextConsents consents;
    private final DeviceTokens tokens;
    private final MovedMail mail;
    private final OpenConnections connections;
    private final ChatmailConfiguration configuration;
    private final Clock clock;

    @Inject
    RunningMoves(
            ChatmailUsersRepository users,
            LastLogins logins,
            CleartextConsents consents,
            DeviceTokens tokens,
            MovedMail mail,
            OpenConnections connections,
            ChatmailConfiguration configuration,
            Clock clock) {
        this.users = users;
        this.logins = logins;
        this.consents = consents;
        this.tokens = tokens;
        this.mail = mail;
        this.connections = connections;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    public Result move(MovedAccount account, boolean dryRun) {
        Optional<Login> login = Login.parse(account.address()).filter(this::isOurs);
        if (login.isEmpty()) {
            return new Result.Refused("The address is none of this server's domain");
        }
        Optional<String> hash = ForeignHash.parse(account.passwordHash());
        if (hash.isEmpty()) {
            return new Result.Refused("The hash of the password is of a kind that can't be verified here");
        }
        LoginDay lastLogin = lastLogin(account);
        if (lastLogin.isUnused(clock.instant(), configuration.retention().accounts())) {
            return new Result.Unused();
        }
        try {
            Username name = Username.of(login.get().address());
            Result result = dryRun ? expected(name) : move(name, hash.get(), account.takesCleartext());
            if (!dryRun && !(result instanceof Result.Refused)) {
                logins.raise(name, lastLogin);
            }
            return result;
        } catch (UsersRepositoryException | SQLException e) {
            throw new IllegalStateException("The accounts can't be read or written", e);
        }
    }

    private boolean isOurs(Login login) {
        return login.domain().equals(configuration.relay().domain().text())
                && LOCALPART.matcher(login.localpart()).matches();
    }

    /** A day that isn't known, or is still to come, is today. */
    private LoginDay lastLogin(MovedAccount account) {
        LoginDay today = LoginDay.at(clock.instant());
        return account.lastLogin()
                .map(LocalDate::toEpochDay)
                .filter(day -> day >= 0 && day < today.number())
                .map(day -> new LoginDay(Math.toIntExact(day)))
                .orElse(today);
    }

    private Result expected(Username name) throws UsersRepositoryException {
        return users.contains(name) ? there(name) : new Result.Moved();
    }

    private Result move(Username name, String hash, boolean takesCleartext) throws UsersRepositoryException {
        if (!users.addMoved(name, hash)) {
            return there(name);
        }
        if (takesCleartext) {
            consents.give(name.asString());
        }
        return new Result.Moved();
    }

    private Result there(Username name) throws UsersRepositoryException {
        return users.isMoved(name)
                ? new Result.Known()
                : new Result.Refused("There is an account of this address already, which was made here");
    }

    @Override
    public Optional<Belongings> belongings(String address) {
        Optional<Username> name =
                Login.parse(address).filter(this::isOurs).map(Login::address).map(Username::of);
        try {
            return name.isPresent() && users.isMoved(name.get())
                    ? Optional.of(new Owned(name.get()))
                    : Optional.empty();
        } catch (UsersRepositoryException e) {
            throw new IllegalStateException("The accounts can't be read", e);
        }
    }

    @Override
    public long longestMessage() {
        return configuration.message().sizeMax();
    }

    private final class Owned implements Belongings {
        private final Username owner;
        private final MessageCutoffs cutoffs = MessageCutoffs.at(clock.instant(), configuration.retention());
        private MovedMailbox mailbox = new MovedMailbox(MovedMailbox.INBOX, 0, 1);
        private boolean changed;

        Owned(Username owner) {
            this.owner = owner;
        }

        @Override
        public void open(MovedMailbox next) {
            try {
                mail.open(owner, next);
                mailbox = next;
            } catch (MailboxException e) {
                throw new IllegalStateException("A mailbox can't be made", e);
            }
        }

        @Override
        public MessageResult add(MovedMessage message) {
            boolean seen = message.flags().contains("\\Seen");
            if (cutoffs.include(message.arrival(), message.content().length, seen)) {
                return MessageResult.TOO_OLD;
            }
            if (message.content().length > longestMessage()) {
                return MessageResult.TOO_LARGE;
            }
            try {
                MessageResult result = mail.append(owner, mailbox, message);
                changed |= result == MessageResult.STORED;
                return result;
            } catch (MailboxException e) {
                throw new IllegalStateException("A message can't be stored", e);
            }
        }

        @Override
        public boolean addDeviceToken(String text) {
            Optional<DeviceToken> token = DeviceToken.parse(text);
            token.ifPresent(good -> tokens.add(owner, good));
            return token.isPresent();
        }

        @Override
        public void close() {
            if (changed) {
                connections.close(owner);
            }
        }
    }
}
