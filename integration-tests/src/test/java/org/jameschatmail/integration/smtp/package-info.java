/**
 * Submission by users and mail from other servers, on the wire and in the mailboxes that they end in.
 */
@NullMarked
package org.jameschatmail.integration.smtp;

import org.jspecify.annotations.NullMarked;
