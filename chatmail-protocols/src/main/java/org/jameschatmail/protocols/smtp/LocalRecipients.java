package org.jameschatmail.protocols.smtp;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import javax.inject.Inject;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

/**
 * Tells where a recipient lives. Domains and rewrites are remembered for {@value #SECONDS_REMEMBERED} seconds, accounts
 * never: one that was just made is there at once. Thread-safe.
 */
public final class LocalRecipients {
    /** Where a recipient lives. */
    public enum Whereabouts {
        /** An account of ours. */
        LOCAL,
        /** An address of ours that the operator has rewritten to others, with or without an account. */
        REWRITTEN,
        /** A domain of ours, but no account. */
        UNKNOWN,
        /** Another server's domain. */
        REMOTE
    }

    private static final int SECONDS_REMEMBERED = 10;
    private static final int ADDRESSES_REMEMBERED = 10_000;

    private final DomainList domains;
    private final UsersRepository users;
    private final RecipientRewriteTable rewrites;
    private final Cache<Domain, Boolean> localDomains = remembered();
    private final Cache<MailAddress, Boolean> rewritten = remembered();

    @Inject
    public LocalRecipients(DomainList domains, UsersRepository users, RecipientRewriteTable rewrites) {
        this.domains = domains;
        this.users = users;
        this.rewrites = rewrites;
    }

    private static <K> Cache<K, Boolean> remembered() {
        return CacheBuilder.newBuilder()
                .maximumSize(ADDRESSES_REMEMBERED)
                .expireAfterWrite(Duration.ofSeconds(SECONDS_REMEMBERED))
                .build();
    }

    /** @throws UsersRepositoryException when the accounts can't be read */
    public Whereabouts whereabouts(MailAddress recipient) throws DomainListException, UsersRepositoryException {
        if (!isLocalDomain(recipient.getDomain())) {
            return Whereabouts.REMOTE;
        }
        if (isRewritten(recipient)) {
            return Whereabouts.REWRITTEN;
        }
        return users.contains(account(recipient)) ? Whereabouts.LOCAL : Whereabouts.UNKNOWN;
    }

    /** The name of the account that a local recipient is or would be. */
    public Username account(MailAddress recipient) throws UsersRepositoryException {
        return users.getUsername(recipient);
    }

    private boolean isLocalDomain(Domain domain) throws DomainListException {
        Boolean known = localDomains.getIfPresent(domain);
        if (known != null) {
            return known;
        }
        boolean local = domains.containsDomain(domain);
        localDomains.put(domain, local);
        return local;
    }

    private boolean isRewritten(MailAddress recipient) throws UsersRepositoryException {
        Boolean known = rewritten.getIfPresent(recipient);
        if (known != null) {
            return known;
        }
        boolean found = hasMappings(recipient);
        rewritten.put(recipient, found);
        return found;
    }

    private boolean hasMappings(MailAddress recipient) throws UsersRepositoryException {
        try {
            return !rewrites.getResolvedMappings(recipient.getLocalPart(), recipient.getDomain())
                    .isEmpty();
        } catch (RecipientRewriteTable.ErrorMappingException e) {
            return false;
        } catch (RecipientRewriteTableException e) {
            throw new UsersRepositoryException("The rewrites can't be read", e);
        }
    }
}
