/** Our SMTP listeners in the place of James'. */
@NullMarked
package org.jameschatmail.guice.smtp;

import org.jspecify.annotations.NullMarked;
