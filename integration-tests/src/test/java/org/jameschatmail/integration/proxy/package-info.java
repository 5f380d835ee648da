/** The server behind a proxy. */
@NullMarked
package org.jameschatmail.integration.proxy;

import org.jspecify.annotations.NullMarked;
