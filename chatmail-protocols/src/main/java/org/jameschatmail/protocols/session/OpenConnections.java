package org.jameschatmail.protocols.session;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    /** Within it, a login that was under way when its account was closed has sent its next command, or was given up. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 10_000;
    private static final AttributeKey<Long> OPENED = AttributeKey.valueOf(OpenConnections.class, "OPENED");

    /** When accounts were closed of late, by {@link System#nanoTime()}. */
    private final Cache<Username, Long> closed = CacheBuilder.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

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
        channel.attr(OPENED).set(System.nanoTime());
        open.add(channel);
        channel.closeFuture().addListener(done -> open.remove(channel));
    }

    /** Closes those where this account is logged in, and with their next command those whose login is under way. */
    public void close(Username account) {
        closed.put(account, System.nanoTime());
        open.stream()
                .filter(channel -> user(channel).filter(account::equals).isPresent())
                .forEach(Channel::close);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed.size() > 0 && isClosed(context.channel())) {
            ReferenceCountUtil.release(message);
            context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean isClosed(Channel channel) {
        Optional<Long> since = user(channel).map(closed::getIfPresent);
        return since.isPresent() && channel.attr(OPENED).get() - since.get() < 0;
    }

    private Optional<Username> user(Channel channel) {
        for (Map.Entry<AttributeKey<?>, Function<Object, @Nullable Username>> protocol : protocols.entrySet()) {
            Object session = channel.attr(protocol.getKey()).get();
            @Nullable Username user = session == null ? null : protocol.getValue().apply(session);
            if (user != null) {
                return Optional.of(user);
            }
        }
        return Optional.empty();
    }

    public int count() {
        return open.size();
    }

    /** How many have logged in. */
    public long countLoggedIn() {
        return open.stream().filter(channel -> user(channel).isPresent()).count();
    }
}
