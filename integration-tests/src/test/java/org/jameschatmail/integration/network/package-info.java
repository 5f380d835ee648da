/**
 * Servers on hosts of their own: network namespaces on one bridge, with Debian's name server, two servers of ours at the
 * real ports, and Debian's Postfix with opendkim. Needs root. Nothing leaves the machine, and what a run that was killed
 * has left is removed by the next one.
 */
@NullMarked
package org.jameschatmail.integration.network;

import org.jspecify.annotations.NullMarked;
