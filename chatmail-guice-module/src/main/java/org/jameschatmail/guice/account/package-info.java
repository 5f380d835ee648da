/**
 * Accounts: James' users repository with creation on first login, slow salted password hashes and a cache that makes
 * a known login cheap.
 */
@NullMarked
package org.jameschatmail.guice.account;

import org.jspecify.annotations.NullMarked;
