package org.jameschatmail.guice.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Presents one identity, which can be swapped at any time. A handshake asks three times: for an alias, then for the
 * chain and the key under it. The alias counts the swaps and the identity before is kept, so that a handshake caught by
 * a swap still gets a chain and a key that belong together. Thread-safe.
 */
final class SwappableKeyManager extends X509ExtendedKeyManager {
    private record Generation(String alias, TlsIdentity identity) {}

    private record Generations(long count, Generation current, Generation previous) {
        @Nullable Generation named(@Nullable String alias) {
            return Stream.of(current, previous)
                    .filter(generation -> generation.alias().equals(alias))
                    .findFirst()
                    .orElse(null);
        }
    }

    private volatile Generations generations;

    SwappableKeyManager(TlsIdentity identity) {
        Generation first = new Generation("0", identity);
        this.generations = new Generations(0, first, first);
    }

    synchronized void swap(TlsIdentity identity) {
        long count = generations.count() + 1;
        Generation next = new Generation(Long.toString(count), identity);
        generations = new Generations(count, next, generations.current());
    }

    TlsIdentity identity() {
        return generations.current().identity();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation current = generations.current();
        return current.identity().keyType().equals(keyType) ? current.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Generation generation = generations.named(alias);
        return generation == null ? null : generation.identity().chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Generation generation = generations.named(alias);
        return generation == null ? null : generation.identity().privateKey();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
