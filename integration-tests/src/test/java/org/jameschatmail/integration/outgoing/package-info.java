/** Mail to other servers: two of ours on loopback, and peers that are anything but friendly. */
@NullMarked
package org.jameschatmail.integration.outgoing;

import org.jspecify.annotations.NullMarked;
