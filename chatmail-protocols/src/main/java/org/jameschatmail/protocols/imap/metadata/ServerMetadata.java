package org.jameschatmail.protocols.imap.metadata;

import java.util.Map;

/**
 * What the server tells its users under {@code /shared}: the entries of the mailbox {@code ""}.
 *
 * <table>
 *   <caption>Entries that Delta Chat reads</caption>
 *   <tr><td>{@code /shared/comment}<td>a text about the server
 *   <tr><td>{@code /shared/admin}<td>how to reach who runs it, a URI
 *   <tr><td>{@code /shared/vendor/deltachat/irohrelay}<td>URL
 *   <tr><td>{@code /shared/vendor/deltachat/turn}<td>{@code host:port:unixexpiry:password}
 *   <tr><td>{@code /shared/vendor/deltachat/maxsmtprecipients}<td>decimal
 *   <tr><td>{@code /shared/vendor/deltachat/appversions}<td>JSON in one line
 * </table>
 */
@FunctionalInterface
public interface ServerMetadata {
    /**
     * The entries that have a value now; asked for each request, so that a value may expire. An entry without a value
     * is left out: Delta Chat then does without. Must not block for long; may be called by several threads at once.
     */
    Map<EntryName, String> entries();
}
