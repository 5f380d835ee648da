package org.jameschatmail.guice.admin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.account.Invitation;
import org.jameschatmail.web.QrCode;
import org.jameschatmail.web.SiteConfiguration;
import org.jameschatmail.web.admin.Accounts;
import org.jameschatmail.web.admin.AccountsRoutes;
import org.jameschatmail.web.admin.AdminTokenRoutes;
import org.jameschatmail.web.admin.AdminTokens;
import org.jameschatmail.web.admin.CleartextRoutes;
import org.jameschatmail.web.admin.InvitationLinks;
import org.jameschatmail.web.admin.InvitationRoutes;
import org.jameschatmail.web.admin.OpenApiRoutes;
import org.jameschatmail.web.admin.RegistrationRoutes;

/** Our routes in WebAdmin, beside James'. */
public final class AdminRoutesModule extends AbstractModule {
    @Override
    protected void configure() {
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        bind(AdminTokens.class).to(JdbcAdminTokens.class);
        routes.addBinding().to(AdminTokenRoutes.class);
        routes.addBinding().to(AccountsRoutes.class);
        routes.addBinding().to(CleartextRoutes.class);
        routes.addBinding().to(InvitationRoutes.class);
        routes.addBinding().to(OpenApiRoutes.class);
        routes.addBinding().to(RegistrationRoutes.class);
        routes.addBinding().to(MetricsWithToken.class);
    }

    @Provides
    InvitationLinks invitationLinks(SiteConfiguration site) {
        return new InvitationLinks() {
            @Override
            public String of(Invitation invitation) {
                return site.invitationLink(invitation.token());
            }

            @Override
            public String qrCode(String link) {
                return QrCode.of(link).svg("");
            }
        };
    }

    @Provides
    Accounts accounts(UsersRepository users) {
        return users::contains;
    }
}
