package org.jameschatmail.integration.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration of Postfix and opendkim.
 *
 * @param folder which holds it, and all else of them
 * @param authority signs the certificate {@code postfix}
 * @param host where Postfix runs
 * @param dns the name server
 * @param wrong one more address of the host, at which it shows the certificate {@code stranger}
 * @param clear one more address of the host, at which it knows no STARTTLS
 */
record PostfixFiles(
        Path folder,
        CertificateAuthority authority,
        VirtualHost host,
        InetAddress dns,
        InetAddress wrong,
        InetAddress clear) {
    static final String DOMAIN = "postfix.example";
    static final String SELECTOR = "opendkim";
    /** Where it takes mail that it doesn't sign. */
    static final int UNSIGNED = 26;

    /** The user and group id of all mail; no name stands for it. */
    static final int MAIL_USER = 5000;

    void write() throws IOException {
        Path postfix = Files.createDirectories(folder.resolve("postfix"));
        Files.writeString(postfix.resolve("main.cf"), filled(MAIN));
        Files.writeString(postfix.resolve("master.cf"), filled(MASTER));
        Files.writeString(folder.resolve("opendkim.conf"), filled(SIGNER));
    }

    private String filled(String text) {
        Map<String, Object> values = Map.ofEntries(
                Map.entry("@FOLDER@", folder),
                Map.entry("@DOMAIN@", DOMAIN),
                Map.entry("@SELECTOR@", SELECTOR),
                Map.entry("@USER@", MAIL_USER),
                Map.entry("@CLIENT@", host.network().own().getHostAddress()),
                Map.entry("@CERTIFICATES@", authority.folder()),
                Map.entry("@AUTHORITY@", authority.certificate()),
                Map.entry("@FOUR@", host.four().getHostAddress()),
                Map.entry("@SIX@", host.six().getHostAddress()),
                Map.entry("@DNS@", dns.getHostAddress()),
                Map.entry("@WRONG@", wrong.getHostAddress()),
                Map.entry("@CLEAR@", clear.getHostAddress()),
                Map.entry("@UNSIGNED@", UNSIGNED));
        String result = text;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            result = result.replace(value.getKey(), value.getValue().toString());
        }
        return result;
    }

    private static final String MAIN = """
            compatibility_level = 3.6
            queue_directory = @FOLDER@/queue
            data_directory = @FOLDER@/state
            maillog_file = @FOLDER@/mail.log
            maillog_file_prefixes = @FOLDER@
            inet_interfaces = @FOUR@, @SIX@
            inet_protocols = all
            myhostname = mx.@DOMAIN@
            mydestination =
            mynetworks = @CLIENT@/32
            alias_maps =
            local_recipient_maps =
            virtual_mailbox_domains = @DOMAIN@, six.example, wrong.example, clear.example
            virtual_mailbox_maps = static:box/
            virtual_mailbox_base = @FOLDER@/mail
            virtual_uid_maps = static:@USER@
            virtual_gid_maps = static:@USER@
            smtpd_tls_cert_file = @CERTIFICATES@/postfix.pem
            smtpd_tls_key_file = @CERTIFICATES@/postfix-key.pem
            smtpd_tls_security_level = may
            smtpd_tls_received_header = yes
            smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
            smtpd_milters = unix:@FOLDER@/signer/socket
            milter_default_action = tempfail
            smtp_tls_security_level = secure
            smtp_tls_CAfile = @AUTHORITY@
            smtp_tls_loglevel = 1
            smtp_address_preference = ipv6
            minimal_backoff_time = 1s
            maximal_backoff_time = 2s
            queue_run_delay = 1s
            notify_classes =
            """;

    private static final String MASTER = """
            smtp inet n - n - - smtpd
            @UNSIGNED@ inet n - n - - smtpd
              -o smtpd_milters=
            @WRONG@:25 inet n - n - - smtpd
              -o syslog_name=postfix/wrong
              -o smtpd_tls_cert_file=@CERTIFICATES@/stranger.pem
              -o smtpd_tls_key_file=@CERTIFICATES@/stranger-key.pem
            @CLEAR@:25 inet n - n - - smtpd
              -o syslog_name=postfix/clear
              -o smtpd_tls_security_level=none
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            tlsmgr unix - - n 1000? 1 tlsmgr
            postlog unix-dgram n - n - 1 postlogd
            """;

    private static final String SIGNER = """
            Socket local:@FOLDER@/signer/socket
            UMask 000
            UserID opendkim
            Mode sv
            Canonicalization relaxed/simple
            Domain @DOMAIN@
            Selector @SELECTOR@
            KeyFile @FOLDER@/signer/key.pem
            OversignHeaders From
            InternalHosts @CLIENT@
            AuthservID mx.@DOMAIN@
            AlwaysAddARHeader yes
            RequireSafeKeys no
            Nameservers @DNS@
            Syslog no
            """;
}
