/**
 * Drives the released Delta Chat core over JSON-RPC, as a chat app does.
 */
@NullMarked
package org.jameschatmail.integration.deltachat;

import org.jspecify.annotations.NullMarked;
