/**
 * Accounts that come from other servers: what a chatmail relay keeps in its mailbox folders, what maddy keeps in its
 * table of credentials, and what of it a server takes.
 */
@NullMarked
package org.jameschatmail.core.moving;

import org.jspecify.annotations.NullMarked;
