/**
 * What is kept on disk: one database (embedded Derby, or PostgreSQL) behind one connection pool, which James' JPA
 * entities (domains, users, rewrites, mail repositories, mailboxes) and our own tables share.
 */
@NullMarked
package org.jameschatmail.guice.store;

import org.jspecify.annotations.NullMarked;
