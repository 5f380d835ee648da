/**
 * What every store on a relational database shares: the dialects that are supported, transactions and the creation of
 * tables by numbered scripts. Plain JDBC on a {@link javax.sql.DataSource}, which brings its own pool.
 */
@NullMarked
package org.jameschatmail.guice.database;

import org.jspecify.annotations.NullMarked;
