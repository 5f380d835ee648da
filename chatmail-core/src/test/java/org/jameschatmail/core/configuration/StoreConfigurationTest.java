package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreConfigurationTest {
    @Test
    void storeShouldHaveDocumentedDefaults() {
        assertThat(StoreConfiguration.DEFAULT).isEqualTo(new StoreConfiguration(Optional.empty(), MailboxStore.JDBC));
    }

    @Test
    void storeShouldMapEveryKey() {
        Settings settings = settings(
                Map.of("store.url", "jdbc:postgresql://db/chatmail?user=c&password=hush", "store.mailbox", "jpa"));

        assertThat(StoreConfiguration.from(settings))
                .isEqualTo(new StoreConfiguration(
                        Optional.of("jdbc:postgresql://db/chatmail?user=c&password=hush"), MailboxStore.JPA));
    }

    @Test
    void storeShouldHidePasswordWhenPrinted() {
        String postgres = "jdbc:postgresql://db/chatmail?user=c&password=hush&ssl=true";
        String derby = "jdbc:derby:/data;bootPassword=hush;create=true";

        assertThat(new StoreConfiguration(Optional.of(postgres), MailboxStore.JDBC).toString())
                .isEqualTo(
                        "StoreConfiguration[url=jdbc:postgresql://db/chatmail?user=c&password=***&ssl=true, mailbox=JDBC]");
        assertThat(new StoreConfiguration(Optional.of(derby), MailboxStore.JDBC).toString())
                .doesNotContain("hush")
                .contains("create=true");
        assertThat(new StoreConfiguration(Optional.of("jdbc:postgresql://c:hush@db/chatmail"), MailboxStore.JDBC)
                        .toString())
                .doesNotContain("hush");
    }
}
