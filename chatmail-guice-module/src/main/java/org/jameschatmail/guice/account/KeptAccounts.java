package org.jameschatmail.guice.account;

import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.jameschatmail.core.account.AccountKeeping;
import org.jameschatmail.core.account.CredentialGenerator;
import org.jameschatmail.core.account.Credentials;
import org.jameschatmail.core.account.Login;
import org.jameschatmail.core.configuration.ChatmailConfiguration;

/** What an administrator does with accounts, in the users repository of the server. Thread-safe. */
final class KeptAccounts implements AccountKeeping {
    private static final int LONGEST_LOCALPART = 64;
    private static final int LONGEST_PASSWORD = 1024;

    private final ChatmailUsersRepository users;
    private final CredentialGenerator generator;
    private final LoginLinks links;
    private final String domain;
    private final int shortestPassword;

    @Inject
    KeptAccounts(
            ChatmailUsersRepository users,
            CredentialGenerator generator,
            LoginLinks links,
            ChatmailConfiguration configuration) {
        this.users = users;
        this.generator = generator;
        this.links = links;
        this.domain = configuration.relay().domain().text();
        this.shortestPassword = configuration.registration().passwordMin();
    }

    @Override
    public Result create(Optional<String> address, Optional<String> password) {
        Credentials made = generator.generate();
        Credentials wanted = new Credentials(address.orElse(made.email()), password.orElse(made.password()));
        Optional<Login> login = Login.parse(wanted.email());
        if (login.isEmpty()
                || !login.get().domain().equals(domain)
                || login.get().localpart().length() > LONGEST_LOCALPART) {
            return new Result.Refused("The address is none of this server's domain");
        }
        if (!isLongEnough(wanted.password())) {
            return new Result.Refused(passwordRule());
        }
        Credentials folded = new Credentials(wanted.email().toLowerCase(Locale.ROOT), wanted.password());
        try {
            return users.addByAdministrator(Username.of(folded.email()), folded.password())
                    ? done(folded)
                    : new Result.Exists();
        } catch (UsersRepositoryException e) {
            throw outOfReach(e);
        }
    }

    @Override
    public Result resetPassword(String address, Optional<String> password) {
        Credentials good = new Credentials(
                address.toLowerCase(Locale.ROOT),
                password.orElseGet(() -> generator.generate().password()));
        if (!isLongEnough(good.password())) {
            return new Result.Refused(passwordRule());
        }
        try {
            Optional<User> user = Optional.ofNullable(users.getUserByName(Username.of(good.email())));
            if (user.isEmpty()) {
                return new Result.Unknown();
            }
            user.get().setPassword(good.password());
            users.updateUser(user.get());
            return done(good);
        } catch (UsersRepositoryException e) {
            throw outOfReach(e);
        }
    }

    @Override
    public boolean delete(String address) {
        Username name = Username.of(address.toLowerCase(Locale.ROOT));
        try {
            boolean there = users.contains(name);
            if (there) {
                users.removeUser(name);
            }
            return there;
        } catch (UsersRepositoryException e) {
            throw outOfReach(e);
        }
    }

    private Result done(Credentials credentials) {
        return new Result.Done(credentials, links.of(credentials).uri());
    }

    private boolean isLongEnough(String password) {
        return password.length() >= shortestPassword && password.length() <= LONGEST_PASSWORD;
    }

    private String passwordRule() {
        return "The password needs %d to %d characters".formatted(shortestPassword, LONGEST_PASSWORD);
    }

    private static IllegalStateException outOfReach(UsersRepositoryException e) {
        return new IllegalStateException("The accounts can't be read or written", e);
    }
}
