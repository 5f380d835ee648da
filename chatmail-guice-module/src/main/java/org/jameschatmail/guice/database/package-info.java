/**
 * What every store on a relational database shares: the dialects that are supported, transactions, and all tables
 * as numbered scripts. Plain JDBC on a {@link javax.sql.DataSource}, which brings its own pool.
 */
@NullMarked
package org.jameschatmail.guice.database;

import org.jspecify.annotations.NullMarked;
