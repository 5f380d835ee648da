package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration files of the reference.
 *
 * @param folder which holds them all
 */
record ReferenceFiles(Path folder, String domain, Ports ports) {
    /** The user and group id of all mail; no name stands for it. */
    static final int MAIL_USER = 5000;

    /**
     * @param reinjection where the filter passes on what it accepts
     */
    record Ports(int submissions, int imaps, int filter, int reinjection) {}

    void write() throws IOException {
        Path postfix = Files.createDirectories(folder.resolve("postfix"));
        Files.writeString(postfix.resolve("main.cf"), filled(main()));
        Files.writeString(postfix.resolve("master.cf"), filled(master()));
        Files.writeString(folder.resolve("dovecot.conf"), filled(dovecot()));
        Files.writeString(folder.resolve("accounts.conf"), filled(accounts()));
        Files.writeString(folder.resolve("opendkim.conf"), filled(signer()));
    }

    private String filled(String text) {
        return text.replace("@FOLDER@", folder.toString())
                .replace("@DOMAIN@", domain)
                .replace("@USER@", String.valueOf(MAIL_USER))
                .replace("@SUBMISSIONS@", String.valueOf(ports.submissions()))
                .replace("@IMAPS@", String.valueOf(ports.imaps()))
                .replace("@FILTER@", String.valueOf(ports.filter()))
                .replace("@REINJECTION@", String.valueOf(ports.reinjection()));
    }

    private static String main() {
        return """
                compatibility_level = 3.6
                queue_directory = @FOLDER@/queue
                data_directory = @FOLDER@/state
                maillog_file = @FOLDER@/mail.log
                maillog_file_prefixes = @FOLDER@
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = @DOMAIN@
                mydestination =
                mynetworks = 127.0.0.0/8
                alias_maps =
                local_recipient_maps =
                virtual_mailbox_domains = @DOMAIN@
                virtual_mailbox_maps = static:all
                virtual_transport = lmtp:unix:@FOLDER@/lmtp
                lmtp_destination_recipient_limit = 50
                smtpd_tls_cert_file = @FOLDER@/certificate.pem
                smtpd_tls_key_file = @FOLDER@/key.pem
                smtpd_tls_security_level = encrypt
                smtpd_sasl_type = dovecot
                smtpd_sasl_path = @FOLDER@/auth
                smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
                smtpd_client_connection_count_limit = 0
                message_size_limit = 31457280
                notify_classes =
                """;
    }

    private static String master() {
        return """
                127.0.0.1:@SUBMISSIONS@ inet n - n - 5000 smtpd
                  -o smtpd_tls_wrappermode=yes
                  -o smtpd_sasl_auth_enable=yes
                  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
                  -o smtpd_proxy_filter=127.0.0.1:@FILTER@
                127.0.0.1:@REINJECTION@ inet n - n - 200 smtpd
                  -o smtpd_tls_security_level=none
                  -o smtpd_milters=unix:@FOLDER@/signer/socket
                  -o smtpd_authorized_xforward_hosts=127.0.0.0/8
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
                lmtp unix - - n - - lmtp
                anvil unix - - n - 1 anvil
                scache unix - - n - 1 scache
                tlsmgr unix - - n 1000? 1 tlsmgr
                postlog unix-dgram n - n - 1 postlogd
                """;
    }

    private static String dovecot() {
        return """
                base_dir = @FOLDER@/run
                state_dir = @FOLDER@/run
                instance_name = benchmark
                log_path = @FOLDER@/dovecot-mail.log
                import_environment = TZ LD_PRELOAD=@FOLDER@/notify-at-once.so
                protocols = imap lmtp
                listen = 127.0.0.1
                ssl = required
                ssl_cert = <@FOLDER@/certificate.pem
                ssl_key = <@FOLDER@/key.pem
                auth_mechanisms = plain login
                auth_cache_size = 100M
                mail_location = maildir:~/Maildir
                first_valid_uid = @USER@
                default_client_limit = 20000
                imap_hibernate_timeout = 30s
                mail_plugins = quota
                passdb {
                  driver = dict
                  args = @FOLDER@/accounts.conf
                }
                userdb {
                  driver = dict
                  args = @FOLDER@/accounts.conf
                }
                plugin {
                  quota = maildir:User quota
                  quota_rule = *:storage=500M
                  quota_grace = 0
                  last_login_dict = proxy:@FOLDER@/mail/accounts:lastlogin
                  last_login_precision = s
                }
                protocol imap {
                  mail_plugins = $mail_plugins imap_quota last_login imap_zlib
                  mail_max_userip_connections = 1000
                }
                service imap-login {
                  service_count = 0
                  process_min_avail = 2
                  vsz_limit = 1G
                  inet_listener imap {
                    port = 0
                  }
                  inet_listener imaps {
                    port = @IMAPS@
                    ssl = yes
                  }
                }
                service imap {
                  process_limit = 20000
                  extra_groups = $default_internal_group
                  unix_listener imap-master {
                    user = $default_internal_user
                  }
                }
                service imap-hibernate {
                  unix_listener imap-hibernate {
                    mode = 0660
                    group = $default_internal_group
                  }
                }
                service lmtp {
                  process_min_avail = 2
                  unix_listener @FOLDER@/lmtp {
                    user = postfix
                    mode = 0600
                  }
                }
                service auth {
                  unix_listener @FOLDER@/auth {
                    user = postfix
                    mode = 0600
                  }
                }
                """;
    }

    private static String accounts() {
        return """
                uri = proxy:@FOLDER@/mail/accounts:auth
                iterate_disable = yes
                default_pass_scheme = plain
                password_key = passdb/%Ew"%Eu
                user_key = userdb/%Eu
                """;
    }

    private static String signer() {
        return """
                Socket local:@FOLDER@/signer/socket
                UMask 000
                UserID opendkim
                Mode s
                Canonicalization relaxed/simple
                Domain @DOMAIN@
                Selector opendkim
                KeyFile @FOLDER@/signer/key.pem
                OversignHeaders From
                InternalHosts 127.0.0.1
                RequireSafeKeys no
                Syslog no
                """;
    }
}
