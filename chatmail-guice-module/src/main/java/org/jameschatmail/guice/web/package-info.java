/** The public web server as a part of the whole: who gets an account there, and what the pages say of this server. */
@NullMarked
package org.jameschatmail.guice.web;

import org.jspecify.annotations.NullMarked;
