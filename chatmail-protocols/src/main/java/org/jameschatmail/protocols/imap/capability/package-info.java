/** What CAPABILITY lists, before and after login. */
@NullMarked
package org.jameschatmail.protocols.imap.capability;

import org.jspecify.annotations.NullMarked;
