/** Files and folders. */
@NullMarked
package org.jameschatmail.core.file;

import org.jspecify.annotations.NullMarked;
