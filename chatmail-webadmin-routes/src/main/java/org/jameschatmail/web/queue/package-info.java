/** What WebAdmin shows of the mail to other servers. */
@NullMarked
package org.jameschatmail.web.queue;

import org.jspecify.annotations.NullMarked;
