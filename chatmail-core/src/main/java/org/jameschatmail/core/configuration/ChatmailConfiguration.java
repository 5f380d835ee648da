package org.jameschatmail.core.configuration;

import java.util.List;
import java.util.function.Function;

/** All that an operator can set, by concern. Immutable; the text form shows no secret. */
public record ChatmailConfiguration(
        RelayConfiguration relay,
        ListenConfiguration listen,
        ProxyConfiguration proxy,
        TlsConfiguration tls,
        AcmeConfiguration acme,
        RegistrationConfiguration registration,
        SendConfiguration send,
        MessageConfiguration message,
        QuotaConfiguration quota,
        RetentionConfiguration retention,
        PushConfiguration push,
        RealtimeConfiguration realtime,
        AppConfiguration app,
        ImapConfiguration imap,
        SmtpConfiguration smtp,
        DeliveryConfiguration delivery,
        IncomingConfiguration incoming,
        StoreConfiguration store,
        WebConfiguration web,
        PrivacyConfiguration privacy,
        MonitoringConfiguration monitoring) {
    /** The defaults of a run from the checkout. */
    public static final ChatmailConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    /**
     * Gathers the concerns.
     *
     * @throws InvalidSettingException at the first value that a concern rejects
     */
    public static ChatmailConfiguration from(Settings settings) {
        return new ChatmailConfiguration(
                RelayConfiguration.from(settings),
                ListenConfiguration.from(settings),
                ProxyConfiguration.from(settings),
                TlsConfiguration.from(settings),
                AcmeConfiguration.from(settings),
                RegistrationConfiguration.from(settings),
                SendConfiguration.from(settings),
                MessageConfiguration.from(settings),
                QuotaConfiguration.from(settings),
                RetentionConfiguration.from(settings),
                PushConfiguration.from(settings),
                RealtimeConfiguration.from(settings),
                AppConfiguration.from(settings),
                ImapConfiguration.from(settings),
                SmtpConfiguration.from(settings),
                DeliveryConfiguration.from(settings),
                IncomingConfiguration.from(settings),
                StoreConfiguration.from(settings),
                WebConfiguration.from(settings),
                PrivacyConfiguration.from(settings),
                MonitoringConfiguration.from(settings));
    }

    /** The concerns one by one, so that the loader can hear the complaint of each. */
    static List<Function<Settings, ?>> concerns() {
        return List.of(
                RelayConfiguration::from,
                ListenConfiguration::from,
                ProxyConfiguration::from,
                TlsConfiguration::from,
                AcmeConfiguration::from,
                RegistrationConfiguration::from,
                SendConfiguration::from,
                MessageConfiguration::from,
                QuotaConfiguration::from,
                RetentionConfiguration::from,
                PushConfiguration::from,
                RealtimeConfiguration::from,
                AppConfiguration::from,
                ImapConfiguration::from,
                SmtpConfiguration::from,
                DeliveryConfiguration::from,
                IncomingConfiguration::from,
                StoreConfiguration::from,
                WebConfiguration::from,
                PrivacyConfiguration::from,
                MonitoringConfiguration::from);
    }
}
