package org.jameschatmail.integration.wire;

import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * BODY, BODYSTRUCTURE and parts of messages, as four of James' scripts ask for them that want a default charset in small
 * letters.
 */
class BodyStructureIT {
    private static final String TEXT = "\"TEXT\" \"PLAIN\" (\"charset\" \"US-ASCII\") NIL NIL \"7BIT\" ";

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("imap.append", "any"));

    private static ImapDialogue withMessage(String message) {
        String wire = message.replace("\n", "\r\n");
        return MailAccount.create(SERVER.server())
                .imap()
                .with("length", String.valueOf(wire.length()))
                .with("message", wire)
                .with("text", TEXT)
                .play("""
                        C: m APPEND INBOX {${length}+}
                        C: ${message}
                        S* m OK
                        C: s SELECT INBOX
                        S* s OK
                        """);
    }

    @Test
    void simpleTextShouldHaveTheDefaultCharset() {
        try (ImapDialogue imap = withMessage("""
                Subject: simple

                Rhubarb
                """)) {
            imap.play("""
                    C: a FETCH 1 (BODY BODYSTRUCTURE)
                    S: * 1 FETCH (BODY (${text}9 1) BODYSTRUCTURE (${text}9 1 NIL NIL NIL NIL))
                    S: a OK
                    C: b FETCH 1 (BODY.PEEK[1])
                    S: * 1 FETCH (BODY[1] {9}
                    S: Rhubarb
                    S: )
                    S: b OK
                    C: c FETCH 1 (BODY.PEEK[2.1])
                    S: * 1 FETCH (BODY[2.1] {0}
                    S: )
                    S: c OK
                    """);
        }
    }

    @Test
    void structureShouldTellWhatThePartSays() {
        try (ImapDialogue imap = withMessage("""
                MIME-Version: 1.0
                Content-Type: text/plain; charset=UTF-8
                Content-ID: <1@example.org>
                Content-Description: a sonnet
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename=sonnet.txt
                Content-Language: en

                Umh1YmFyYg==
                """)) {
            imap.play("""
                    C: a FETCH 1 (BODYSTRUCTURE)
                    S: * 1 FETCH (BODYSTRUCTURE ("TEXT" "PLAIN" ("charset" "UTF-8") "<1@example.org>" "a sonnet" "BASE64" 14 1 NIL ("attachment" ("filename" "sonnet.txt")) ("en") NIL))
                    S: a OK
                    """);
        }
    }

    @Test
    void multipartShouldTellItsPartsInTheirOrder() {
        try (ImapDialogue imap = withMessage("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="outer"

                --outer
                Content-Type: multipart/alternative; boundary="inner"

                --inner

                Rhubarb
                --inner
                Content-Type: text/html; charset=utf-8

                <p>Custard
                --inner--
                --outer
                Content-Type: application/octet-stream; name="a.bin"
                Content-Transfer-Encoding: base64

                AAAA
                --outer--
                """)) {
            imap.play("""
                    C: a FETCH 1 (BODY)
                    S: * 1 FETCH (BODY (((${text}7 0)("TEXT" "HTML" ("charset" "utf-8") NIL NIL "7BIT" 10 0) "ALTERNATIVE")("APPLICATION" "OCTET-STREAM" ("name" "a.bin") NIL NIL "BASE64" 4) "MIXED"))
                    S: a OK
                    C: b FETCH 1 (BODY.PEEK[1.2])
                    S: * 1 FETCH (BODY[1.2] {10}
                    S: <p>Custard)
                    S: b OK
                    C: c FETCH 1 (BODY.PEEK[2.MIME])
                    S? .*BODY\\[2\\.MIME\\].*
                    S* c OK
                    """);
        }
    }

    @Test
    void embeddedMessageShouldTellItsEnvelopeAndItsBody() {
        try (ImapDialogue imap = withMessage("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="outer"

                --outer
                Content-Type: message/rfc822

                Subject: inside
                From: Tim <tim@example.org>

                Rhubarb
                --outer--
                """)) {
            imap.play("""
                    C: a FETCH 1 (BODY)
                    S: * 1 FETCH (BODY (("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 55 (NIL "inside" (("Tim" NIL "tim" "example.org")) (("Tim" NIL "tim" "example.org")) (("Tim" NIL "tim" "example.org")) NIL NIL NIL NIL NIL) (${text}7 0) 3) "MIXED"))
                    S: a OK
                    C: b FETCH 1 (BODY.PEEK[1.HEADER.FIELDS (SUBJECT)])
                    S: * 1 FETCH (BODY[1.HEADER.FIELDS (SUBJECT)] {19}
                    S: Subject: inside
                    S:
                    S: )
                    S: b OK
                    C: c FETCH 1 (BODY.PEEK[1.TEXT])
                    S: * 1 FETCH (BODY[1.TEXT] {7}
                    S: Rhubarb)
                    S: c OK
                    """);
        }
    }
}
