/**
 * Connections that come through a trusted proxy: whatever serves them sees the client's own address, for their channel
 * says so ({@link org.jameschatmail.protocols.proxy.ProxiedListeners}).
 */
@NullMarked
package org.jameschatmail.protocols.proxy;

import org.jspecify.annotations.NullMarked;
