package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

/** Tells where a recipient lives. An address that the operator rewrites counts as an account. Thread-safe. */
public final class LocalRecipients {
    /** Where a recipient lives. */
    public enum Whereabouts {
        /** An account of ours. */
        LOCAL,
        /** A domain of ours, but no account. */
        UNKNOWN,
        /** Another server's domain. */
        REMOTE
    }

    private final DomainList domains;
    private final UsersRepository users;
    private final RecipientRewriteTable rewrites;

    @Inject
    public LocalRecipients(DomainList domains, UsersRepository users, RecipientRewriteTable rewrites) {
        this.domains = domains;
        this.users = users;
        this.rewrites = rewrites;
    }

    /** @throws UsersRepositoryException when the accounts can't be read */
    public Whereabouts whereabouts(MailAddress recipient) throws DomainListException, UsersRepositoryException {
        if (!domains.containsDomain(recipient.getDomain())) {
            return Whereabouts.REMOTE;
        }
        if (users.contains(users.getUsername(recipient)) || isRewritten(recipient)) {
            return Whereabouts.LOCAL;
        }
        return Whereabouts.UNKNOWN;
    }

    private boolean isRewritten(MailAddress recipient) throws UsersRepositoryException {
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
