/** The program: arguments in, a server or an exit status out, and what a person sees on the terminal. */
@NullMarked
package org.jameschatmail.assembly;

import org.jspecify.annotations.NullMarked;
