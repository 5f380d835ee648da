/**
 * Tells an OpenPGP message (PGP/MIME) from everything else by reading its structure, its armor and its packet headers.
 * Nothing is decrypted, and no text is searched for.
 */
@NullMarked
package org.jameschatmail.core.openpgp;

import org.jspecify.annotations.NullMarked;
