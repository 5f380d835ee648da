/** LOGIN and AUTHENTICATE PLAIN: one check of the password, and replies that tell a wrong one from our own trouble. */
@NullMarked
package org.jameschatmail.protocols.imap.login;

import org.jspecify.annotations.NullMarked;
