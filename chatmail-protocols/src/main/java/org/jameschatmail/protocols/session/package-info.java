/** What the SMTP and the IMAP session share with the rooms behind them. */
@NullMarked
package org.jameschatmail.protocols.session;

import org.jspecify.annotations.NullMarked;
