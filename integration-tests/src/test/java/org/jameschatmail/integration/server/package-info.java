/**
 * Starts and stops the real distribution as an operator does: the unpacked zip, a process of its own, free ports on loopback.
 */
@NullMarked
package org.jameschatmail.integration.server;

import org.jspecify.annotations.NullMarked;
