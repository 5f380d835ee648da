/**
 * Accounts as clients see them: how they come to be, who is let in, and what was delivered to them.
 */
@NullMarked
package org.jameschatmail.integration.account;

import org.jspecify.annotations.NullMarked;
