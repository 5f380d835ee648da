package org.jameschatmail.guice.backup;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.web.backup.BackupRoutes;
import org.jameschatmail.web.backup.Backups;

/** Backups of the running server, for WebAdmin. */
public final class BackupModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Backups.class).to(RunningBackups.class);
        Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(BackupRoutes.class);
    }
}
