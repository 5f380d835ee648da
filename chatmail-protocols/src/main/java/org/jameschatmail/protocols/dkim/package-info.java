/**
 * Whether a message is signed by the domain it claims to come from (DKIM), and by nobody else's leave: the signature's
 * domain must be the From domain itself. {@link org.jameschatmail.protocols.dkim.DkimCheck} is the way in. Signatures
 * of other domains are never looked at, whatever they say.
 */
@NullMarked
package org.jameschatmail.protocols.dkim;

import org.jspecify.annotations.NullMarked;
