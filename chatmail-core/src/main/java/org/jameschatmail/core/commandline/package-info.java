/** The words after {@code chatmail}: commands, options and the help text. */
@NullMarked
package org.jameschatmail.core.commandline;

import org.jspecify.annotations.NullMarked;
