/**
 * How one {@code chatmail.properties} reaches James: its values fill the <code>${chatmail:…}</code> places of the
 * stock XML and properties files in {@code conf/}, which stay the operator's to change.
 */
@NullMarked
package org.jameschatmail.guice.configuration;

import org.jspecify.annotations.NullMarked;
