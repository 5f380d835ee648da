/** Push notifications: what the notification proxy gets from a real server. */
@NullMarked
package org.jameschatmail.integration.push;

import org.jspecify.annotations.NullMarked;
