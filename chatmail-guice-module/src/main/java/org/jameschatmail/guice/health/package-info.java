/** Looks at database, disk, certificate and event loops; writes down what the threads did when one of these stood still. */
@NullMarked
package org.jameschatmail.guice.health;

import org.jspecify.annotations.NullMarked;
