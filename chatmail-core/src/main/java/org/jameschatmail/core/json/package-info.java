/** Text as JSON has it, for the few documents that core writes itself. */
@NullMarked
package org.jameschatmail.core.json;

import org.jspecify.annotations.NullMarked;
