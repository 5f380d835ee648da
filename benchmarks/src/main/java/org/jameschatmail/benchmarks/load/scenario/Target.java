package org.jameschatmail.benchmarks.load.scenario;

import java.net.URI;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.measure.ProcessTree;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.Endpoint;

/**
 * A running server that load is put on.
 *
 * @param name as it stands in the report
 * @param domain what follows the @ in its addresses
 * @param submissions SMTP submission, TLS from the first byte
 * @param imaps IMAP, TLS from the first byte
 * @param offers where {@code POST} answers with new credentials, if it does
 * @param password the one password that all accounts have
 * @param processes the server's processes
 */
public record Target(
        String name,
        String domain,
        Endpoint submissions,
        Endpoint imaps,
        Optional<URI> offers,
        String password,
        ProcessTree processes) {
    /** Credentials that nobody has used: their first login makes the account. */
    Account unusedAccount() {
        return Account.unused(domain, password);
    }
}
