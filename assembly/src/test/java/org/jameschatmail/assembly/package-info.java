/** What the program is made of: its architecture, its launcher. */
@NullMarked
package org.jameschatmail.assembly;

import org.jspecify.annotations.NullMarked;
