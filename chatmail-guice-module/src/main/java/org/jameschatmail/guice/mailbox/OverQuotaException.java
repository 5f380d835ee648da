package org.jameschatmail.guice.mailbox;

import java.util.List;
import org.apache.james.core.Username;

/** There are owners who may not store this message any more. Nothing may be committed. Its text names nobody. */
public final class OverQuotaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Username> owners;

    OverQuotaException(List<Username> owners) {
        super(owners.size() + " account(s) are over quota");
        this.owners = List.copyOf(owners);
    }

    /** Those whose mailboxes are full, at least one. */
    public List<Username> owners() {
        return owners;
    }
}
