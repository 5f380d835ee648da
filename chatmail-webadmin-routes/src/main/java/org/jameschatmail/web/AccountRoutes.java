package org.jameschatmail.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;

/**
 * Hands out accounts: {@code POST /new} answers JSON that Delta Chat reads, {@code GET /new} sends a browser to the app.
 * Thread-safe.
 */
public final class AccountRoutes implements WebRoutes {
    static final String PATH = "/new";

    /** Where the first chatmail servers had it; old QR codes still lead there. */
    private static final String FORMER_PATH = "/cgi-bin/newemail.py";

    private static final Pattern TOKEN = Pattern.compile("(?:.*&)?token=([A-Za-z0-9_-]{1,128})(?:&.*)?");
    private static final String JSON = "application/json";

    private final AccountOffers offers;
    private final SiteConfiguration site;

    public AccountRoutes(AccountOffers offers, SiteConfiguration site) {
        this.offers = offers;
        this.site = site;
    }

    @Override
    public void define(RouteTable table) {
        table.post(PATH, this::offer);
        table.get(PATH, this::openApp);
        table.post(FORMER_PATH, this::offer);
        table.get(FORMER_PATH, this::openApp);
    }

    /** The address the connection comes from. */
    public static InetAddress client(HttpServletRequest request) throws IOException {
        // An address in figures: no name is looked up.
        return InetAddress.getByName(request.getRemoteAddr());
    }

    /** The invite token in the query; empty where there is none or it is malformed. */
    public static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getQueryString())
                .map(TOKEN::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    private Answer openApp(HttpServletRequest request) {
        return Answer.redirect(301, site.accountLink(token(request))).cachedFor(Duration.ofHours(1));
    }

    private Answer offer(HttpServletRequest request) throws IOException {
        Offer offer = offers.offer(client(request), token(request));
        if (offer instanceof Offer.Offered offered) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("email", offered.email());
            json.put("password", offered.password());
            offered.dcloginUrl().ifPresent(link -> json.put("dclogin_url", link));
            return Answer.of(200, JSON, json.toString()).neverStored();
        }
        Offer.Refused refused = (Offer.Refused) offer;
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("reason", refused.reason())
                .toString();
        Answer answer = Answer.of(refused.status(), JSON, json).neverStored();
        return refused.retryAfter().map(answer::retriedAfter).orElse(answer);
    }
}
