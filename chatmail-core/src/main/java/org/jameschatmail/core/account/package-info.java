/** Who may become an account: names, passwords, rates and the guards that keep a loaded machine from taking more. */
@NullMarked
package org.jameschatmail.core.account;

import org.jspecify.annotations.NullMarked;
