/** Whether the server is well, for programs that ask. */
@NullMarked
package org.jameschatmail.web.health;

import org.jspecify.annotations.NullMarked;
