/** Mail programs that others wrote, as Debian has them, against a real server. */
@NullMarked
package org.jameschatmail.integration.client;

import org.jspecify.annotations.NullMarked;
