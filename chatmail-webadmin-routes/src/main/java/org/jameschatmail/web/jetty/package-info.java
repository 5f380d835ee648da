/** Lets Jetty serve HTTP on channels of Netty. */
@NullMarked
package org.jameschatmail.web.jetty;

import org.jspecify.annotations.NullMarked;
