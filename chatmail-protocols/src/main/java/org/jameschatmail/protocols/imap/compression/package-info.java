/** COMPRESS DEFLATE, each reply readable as soon as it is sent. */
@NullMarked
package org.jameschatmail.protocols.imap.compression;

import org.jspecify.annotations.NullMarked;
