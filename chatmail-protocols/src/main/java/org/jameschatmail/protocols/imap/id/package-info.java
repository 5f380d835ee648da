/** ID: who this server is. */
@NullMarked
package org.jameschatmail.protocols.imap.id;

import org.jspecify.annotations.NullMarked;
