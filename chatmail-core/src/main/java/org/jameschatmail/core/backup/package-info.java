/** The file of a backup: what it holds, how it is written and read. */
@NullMarked
package org.jameschatmail.core.backup;

import org.jspecify.annotations.NullMarked;
