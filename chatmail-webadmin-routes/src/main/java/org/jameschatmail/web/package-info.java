/**
 * The public web site of a chatmail relay: the page that hands out accounts, {@code POST /new}, autoconfiguration,
 * the MTA-STS policy; and {@code POST /mxdeliv} for other servers. {@link org.jameschatmail.web.PublicWebServer} listens, a
 * {@link org.jameschatmail.web.WebRoutes} names what is answered, {@link org.jameschatmail.web.AccountOffers} and
 * {@link org.jameschatmail.web.SiteConfiguration} are what the surrounding server has to supply.
 */
@NullMarked
package org.jameschatmail.web;

import org.jspecify.annotations.NullMarked;
