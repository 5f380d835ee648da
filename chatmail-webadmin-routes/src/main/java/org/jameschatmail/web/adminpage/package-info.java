/** The administrator's page, at the port of WebAdmin. */
@NullMarked
package org.jameschatmail.web.adminpage;

import org.jspecify.annotations.NullMarked;
