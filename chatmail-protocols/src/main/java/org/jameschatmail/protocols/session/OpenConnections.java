package org.jameschatmail.protocols.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all mail listeners, so that those of an account can be closed: one that is banned or deleted, or whose
 * password is another from now on. A handler that stands in every pipeline and knows where each protocol keeps who logged
 * in. Thread-safe, shared by all connections.
 */
@Singleton
@Sharable
public final class OpenConnections extends ChannelInboundHandlerAdapter {
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Map<AttributeKey<?>, Function<Object, @Nullable Username>> protocols = new ConcurrentHashMap<>();

    /**
     * Tells how a protocol knows its user.
     *
     * @param user gives null before the login
     */
    @SuppressWarnings("unchecked")
    public <S> void know(AttributeKey<S> session, Function<S, @Nullable Username> user) {
        protocols.put(session, (Function<Object, @Nullable Username>) (Function<?, @Nullable Username>) user);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Channel channel = context.channel();
        open.add(channel);
        channel.closeFuture().addListener(closed -> open.remove(channel));
    }

    /** Closes those where this account is logged in; a login that is under way may come too late for it. */
    public void close(Username account) {
        open.stream().filter(channel -> isOf(account, channel)).forEach(Channel::close);
    }

    private boolean isOf(Username account, Channel channel) {
        return protocols.entrySet().stream().anyMatch(protocol -> {
            Object session = channel.attr(protocol.getKey()).get();
            return session != null && account.equals(protocol.getValue().apply(session));
        });
    }

    int count() {
        return open.size();
    }
}
