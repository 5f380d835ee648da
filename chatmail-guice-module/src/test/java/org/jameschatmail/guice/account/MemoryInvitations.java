package org.jameschatmail.guice.account;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.account.Invitation;
import org.jameschatmail.core.account.InvitationStore;

/** Addresses that a test hands out; there are no invitations. Not thread-safe. */
public final class MemoryInvitations implements InvitationStore {
    private final Set<String> reserved = new HashSet<>();

    void handOut(String account) {
        reserved.add(account);
    }

    @Override
    public List<Invitation> list() {
        return List.of();
    }

    @Override
    public Optional<Invitation> find(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Invitation> byToken(String token) {
        return Optional.empty();
    }

    @Override
    public Invitation make(String label, int uses, Optional<Instant> expires) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean withdraw(String id) {
        return false;
    }

    @Override
    public boolean reserve(String token, String account) {
        return false;
    }

    @Override
    public boolean isReserved(String account) {
        return reserved.contains(account);
    }

    @Override
    public void redeem(String account) {
        reserved.remove(account);
    }
}
