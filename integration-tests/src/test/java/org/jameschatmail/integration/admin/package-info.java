/**
 * What the operator has of the server: WebAdmin and the logs.
 */
@NullMarked
package org.jameschatmail.integration.admin;

import org.jspecify.annotations.NullMarked;
