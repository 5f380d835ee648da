package org.jameschatmail.guice.admin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.web.admin.Accounts;
import org.jameschatmail.web.admin.CleartextRoutes;

/** Our routes in WebAdmin, beside James'. */
public final class AdminRoutesModule extends AbstractModule {
    @Override
    protected void configure() {
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(CleartextRoutes.class);
        routes.addBinding().to(MetricsWithToken.class);
    }

    @Provides
    Accounts accounts(UsersRepository users) {
        return users::contains;
    }
}
