/**
 * Reads a message's structure in one pass and in bounded memory: header fields, parts, decoded content. What mail
 * programs could read in two ways is reported as not intact, for the caller to refuse.
 */
@NullMarked
package org.jameschatmail.core.mime;

import org.jspecify.annotations.NullMarked;
