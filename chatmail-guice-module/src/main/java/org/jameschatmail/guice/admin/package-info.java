/** WebAdmin: who may use it. */
@NullMarked
package org.jameschatmail.guice.admin;

import org.jspecify.annotations.NullMarked;
