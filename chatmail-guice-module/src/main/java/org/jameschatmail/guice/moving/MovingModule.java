package org.jameschatmail.guice.moving;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.mdc.RequestId;
import org.apache.james.webadmin.mdc.RequestLogger;
import org.jameschatmail.core.moving.AccountMoves;
import org.jameschatmail.web.admin.MovedAccountRoutes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;

/** Accounts of other servers, into our own mailboxes. */
public final class MovingModule extends AbstractModule {
    private static final Logger LOGGER = LoggerFactory.getLogger(MovingModule.class);

    @Override
    protected void configure() {
        bind(AccountMoves.class).to(RunningMoves.class);
        Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(MovedAccountRoutes.class);
    }

    /** James' own would read whole mailboxes into memory, and hashes of passwords. */
    @ProvidesIntoSet
    RequestLogger leaveUnread() {
        return new RequestLogger() {
            @Override
            public boolean applies(Request request) {
                return request.pathInfo().startsWith(MovedAccountRoutes.ACCOUNTS);
            }

            @Override
            public void log(Request request, RequestId id) {
                LOGGER.debug("An account comes from another server");
            }
        };
    }
}
