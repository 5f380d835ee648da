/**
 * What the SMTP server says no to, and when: each hook is one rule of submission (465, 587) or of mail from other
 * servers (25). {@link org.jameschatmail.protocols.smtp.SubmissionHandlers} and
 * {@link org.jameschatmail.protocols.smtp.IncomingHandlers} list them in the order in which they are asked. Mail that
 * another server brings by HTTPS comes in by {@link org.jameschatmail.protocols.smtp.MxdelivDoor}, under the same rules.
 */
@NullMarked
package org.jameschatmail.protocols.smtp;

import org.jspecify.annotations.NullMarked;
