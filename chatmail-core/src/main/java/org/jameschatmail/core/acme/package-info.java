/**
 * Certificates of an authority (ACME, RFC 8555): for which names, when they are renewed, when a failed order is tried
 * again, and what the listeners answer while the authority looks whether the names are ours.
 */
@NullMarked
package org.jameschatmail.core.acme;

import org.jspecify.annotations.NullMarked;
