package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jameschatmail.core.account.Credentials;
import org.jameschatmail.guice.Configurations;
import org.junit.jupiter.api.Test;

class LoginLinksTest {
    private static final Credentials CREDENTIALS = new Credentials("ac1_abcde@chat.example", "the password");
    private static final Map<String, String> OWN_CERTIFICATE =
            Map.of("tls.mode", "files", "tls.certificate", "/c.pem", "tls.private-key", "/k.pem");

    private static String link(Map<String, String> keys) {
        return new LoginLinks(Configurations.with(keys)).of(CREDENTIALS).uri();
    }

    @Test
    void linkShouldNameNothingWhenClientsFindTheServer() {
        assertThat(link(OWN_CERTIFICATE)).isEqualTo("dclogin:ac1_abcde@chat.example?p=the%20password&v=1");
    }

    @Test
    void linkShouldAllowAnyCertificateWhenItIsSelfSigned() {
        assertThat(link(Map.of())).isEqualTo("dclogin:ac1_abcde@chat.example?p=the%20password&v=1&ic=3");
    }

    @Test
    void linkShouldNameHostAndPortsWhenTheyAreShifted() {
        assertThat(link(Map.of("port.offset", "20000", "hostname", "mx.chat.example")))
                .contains("&ih=mx.chat.example&ip=20993&is=ssl")
                .contains("&sh=mx.chat.example&sp=20465&ss=ssl");
    }

    @Test
    void linkShouldNameTheAddressWhenTheServerIsOnLoopbackAlone() {
        assertThat(link(Map.of("bind.address", "127.0.0.1"))).contains("&ih=127.0.0.1&ip=993&is=ssl");
    }

    @Test
    void linkShouldBeNeededWhenTheCertificateIsSelfSigned() {
        assertThat(new LoginLinks(Configurations.with(Map.of())).whenNeeded(CREDENTIALS))
                .hasValueSatisfying(link -> assertThat(link).startsWith("dclogin:"));
        assertThat(new LoginLinks(Configurations.with(OWN_CERTIFICATE)).whenNeeded(CREDENTIALS))
                .isEmpty();
    }
}
