package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DiscoveryRoutesTest {
    private static TestSite trusted;

    @BeforeAll
    static void start() throws IOException {
        trusted = TestSite.trusted();
    }

    @AfterAll
    static void stop() {
        trusted.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/autoconfig/mail/config-v1.1.xml", "/mail/config-v1.1.xml?emailaddress=a@b"})
    void autoconfigShouldNameRealPortsWhenAsked(String path) throws Exception {
        Reply reply = trusted.get(path);

        assertThat(reply.header("content-type")).startsWith("text/xml");
        Element provider = (Element)
                parse(reply.body()).getElementsByTagName("emailProvider").item(0);
        assertThat(provider.getAttribute("id")).isEqualTo("chat.example");
        assertThat(servers(provider, "incomingServer"))
                .containsExactly("imap 10993 SSL", "imap 10143 STARTTLS", "imap 10443 SSL");
        assertThat(servers(provider, "outgoingServer"))
                .containsExactly("smtp 10465 SSL", "smtp 10587 STARTTLS", "smtp 10443 SSL");
        assertThat(text(provider, "hostname")).isEqualTo("mx.chat.example");
        assertThat(text(provider, "username")).isEqualTo("%EMAILADDRESS%");
    }

    @Test
    void policyShouldEnforceWhenAsked() throws IOException {
        Reply reply = trusted.get("/.well-known/mta-sts.txt");

        assertThat(reply.header("content-type")).startsWith("text/plain");
        assertThat(reply.body())
                .isEqualTo("version: STSv1\r\nmode: enforce\r\nmx: mx.chat.example\r\nmax_age: 2419200\r\n");
    }

    @Test
    void securityContactShouldBeToldForHalfAYearWhenThereIsOne() throws IOException {
        Reply reply = trusted.get("/.well-known/security.txt");

        assertThat(reply.header("content-type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(reply.body()).isEqualTo("""
                        Contact: mailto:boss@example.org
                        Expires: 2027-05-22T00:00:00Z
                        Preferred-Languages: en
                        """);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> servers(Element provider, String tag) {
        List<String> found = new ArrayList<>();
        NodeList nodes = provider.getElementsByTagName(tag);
        for (int i = 0; i < nodes.getLength(); i++) {
            Element server = (Element) nodes.item(i);
            found.add(server.getAttribute("type") + " " + text(server, "port") + " " + text(server, "socketType"));
        }
        return found;
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent();
    }
}
