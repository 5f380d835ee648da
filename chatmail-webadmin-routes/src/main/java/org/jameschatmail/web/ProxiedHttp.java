package org.jameschatmail.web;

import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.jameschatmail.core.network.TrustedProxies;

/** Cleartext HTTP, which begins with the PROXY protocol where it comes from a trusted proxy, and nowhere else. */
final class ProxiedHttp extends AbstractConnectionFactory {
    private final ConnectionFactory http;
    private final ProxyConnectionFactory header;
    private final TrustedProxies proxies;

    private ProxiedHttp(ConnectionFactory http, ProxyConnectionFactory header, TrustedProxies proxies) {
        super("proxied-http");
        this.http = http;
        this.header = header;
        this.proxies = proxies;
    }

    /** The factories of a connector, the first of which is asked. */
    static ConnectionFactory[] in(HttpConnectionFactory http, TrustedProxies proxies) {
        if (proxies.ranges().isEmpty()) {
            return new ConnectionFactory[] {http};
        }
        ProxyConnectionFactory header = new ProxyConnectionFactory(http.getProtocol());
        return new ConnectionFactory[] {new ProxiedHttp(http, header, proxies), header, http};
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        InetSocketAddress peer = endPoint.getRemoteAddress();
        boolean proxied = peer != null && proxies.trusts(peer.getAddress());
        return (proxied ? header : http).newConnection(connector, endPoint);
    }
}
