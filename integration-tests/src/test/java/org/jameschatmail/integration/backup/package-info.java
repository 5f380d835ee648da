/** Backups, and what comes back from them. */
@NullMarked
package org.jameschatmail.integration.backup;

import org.jspecify.annotations.NullMarked;
