package org.jameschatmail.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jameschatmail.core.account.DcloginLink.CertificateCheck;
import org.jameschatmail.core.account.DcloginLink.Endpoint;
import org.jameschatmail.core.account.DcloginLink.Security;
import org.junit.jupiter.api.Test;

class DcloginLinkTest {
    @Test
    void linkShouldBeShortWhenClientFindsServerByItself() {
        DcloginLink link = DcloginLink.of(new Credentials("Ab@chat.example", "secret"), CertificateCheck.AUTOMATIC);

        assertThat(link.uri()).isEqualTo("dclogin:ab@chat.example?p=secret&v=1");
    }

    @Test
    void linkShouldNameServersWhenGiven() {
        DcloginLink link = new DcloginLink(
                new Credentials("ab@chat.localhost", "secret"),
                Optional.of(new Endpoint("127.0.0.1", 10993, Security.SSL)),
                Optional.of(new Endpoint("::1", 10587, Security.STARTTLS)),
                CertificateCheck.ACCEPT_INVALID);

        assertThat(link.uri())
                .isEqualTo("dclogin:ab@chat.localhost?p=secret&v=1"
                        + "&ih=127.0.0.1&ip=10993&is=ssl&sh=%3A%3A1&sp=10587&ss=starttls&ic=3");
    }

    @Test
    void linkShouldEscapeWhatWouldEndAField() {
        DcloginLink link =
                DcloginLink.of(new Credentials("ab@[192.0.2.1]", "a&b=c+d e%#é\"/?@"), CertificateCheck.AUTOMATIC);

        assertThat(link.uri()).isEqualTo("dclogin:ab@%5B192.0.2.1%5D?p=a%26b%3Dc%2Bd%20e%25%23%C3%A9%22%2F%3F%40&v=1");
    }

    @Test
    void linkShouldHidePasswordWhenPrinted() {
        DcloginLink link = DcloginLink.of(new Credentials("ab@chat.example", "secret"), CertificateCheck.AUTOMATIC);

        assertThat(link.toString()).doesNotContain("secret").doesNotContain("ab@");
    }
}
