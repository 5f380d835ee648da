package org.jameschatmail.guice.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import org.jameschatmail.core.account.AccountPolicy;
import org.jameschatmail.core.account.CredentialGenerator;
import org.jameschatmail.core.account.LocalMachineState;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.account.RegistrationGuards;
import org.jameschatmail.core.account.RememberedMachineState;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.configuration.ImapConfiguration;
import org.jameschatmail.core.configuration.IncomingConfiguration;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.configuration.MonitoringConfiguration;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.configuration.SendConfiguration;
import org.jameschatmail.core.configuration.Settings;
import org.jameschatmail.guice.account.AccountCreation;
import org.jameschatmail.guice.account.LoginLinks;
import org.jameschatmail.guice.account.Registration;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.statistics.PublicAddressSource;
import org.jameschatmail.protocols.proxy.ProxiedListeners;

/** The configuration, concern by concern, and what the core decides by it. */
final class ConfigurationBindings extends AbstractModule {
    private final ChatmailConfiguration configuration;
    private final Settings settings;

    ConfigurationBindings(ChatmailConfiguration configuration, Settings settings) {
        this.configuration = configuration;
        this.settings = settings;
    }

    @Override
    protected void configure() {
        bind(ChatmailConfiguration.class).toInstance(configuration);
        bind(Settings.class).toInstance(settings);
        bind(PublicAddressSource.class).toInstance(() -> PublicAddresses.of(configuration.listen()));
        bind(QuotaConfiguration.class).toInstance(configuration.quota());
        bind(RetentionConfiguration.class).toInstance(configuration.retention());
        bind(RegistrationConfiguration.class).toInstance(configuration.registration());
        bind(DeliveryConfiguration.class).toInstance(configuration.delivery());
        bind(ImapConfiguration.class).toInstance(configuration.imap());
        bind(IncomingConfiguration.class).toInstance(configuration.incoming());
        bind(MonitoringConfiguration.class).toInstance(configuration.monitoring());
        bind(MessageConfiguration.class).toInstance(configuration.message());
        bind(SendConfiguration.class).toInstance(configuration.send());
        bind(ProxiedListeners.class)
                .toInstance(new ProxiedListeners(configuration.proxy().proxies()));
        bind(LoginLinks.class).toInstance(new LoginLinks(configuration));
        bind(AccountCreation.class).to(Registration.class);
        bind(SecureRandom.class).toInstance(new SecureRandom());
    }

    @Provides
    @Singleton
    AccountPolicy accountPolicy() {
        return new AccountPolicy(configuration.relay().domain(), configuration.registration());
    }

    @Provides
    @Singleton
    RegistrationGuards registrationGuards(RegistrationControl control, ServerDirectories directories) {
        return new RegistrationGuards(
                control::guard, new RememberedMachineState(new LocalMachineState(directories.data())));
    }

    @Provides
    @Singleton
    CredentialGenerator credentialGenerator(SecureRandom random) {
        return new CredentialGenerator(configuration.relay().domain(), configuration.registration(), random);
    }
}
