package org.jameschatmail.core.commandline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What {@code chatmail COMMAND --help} prints for the commands that speak with a running server. */
public enum HelpTopic {
    ACCOUNTS("""
        Usage: chatmail accounts [list|show|create|password|ban|unban|delete]

          chatmail accounts [list]         a table, in the order of the addresses
            --search TEXT                  those whose address holds TEXT
            --limit N                      at most N, 100 if not given
            --after ADDRESS                from there on, to see what follows
            --all                          all of them
          chatmail accounts show ADDRESS   all that is known of one
          chatmail accounts create [ADDRESS]
                                           make one, whatever registration says; prints
                                           its password once, and a QR code that sets
                                           up Delta Chat. Without ADDRESS one is made up
          chatmail accounts password ADDRESS
                                           a new password; devices need it from then on
          chatmail accounts ban ADDRESS    no login; mail for it is kept
          chatmail accounts unban ADDRESS
          chatmail accounts delete ADDRESS --yes
                                           with all its messages, for ever

        Examples
          chatmail accounts --search ac1_
          chatmail accounts list --all --json | jq -r '.accounts[].address'
        """),
    TOKENS("""
        Usage: chatmail tokens [list|create|delete]

        An invitation lets a number of people make an account while registration is by
        token. Whoever opens its link, or scans its QR code, gets one.

          chatmail tokens [list]           those there are, used ones too
          chatmail tokens create           prints the link and its QR code
            --label TEXT                   who it is for; only you see it
            --uses N                       accounts that can be made with it
            --days N                       days until it expires
          chatmail tokens delete ID        its link stops working

        Examples
          chatmail registration token
          chatmail tokens create --label "summer school" --uses 30 --days 14
        """),
    REGISTRATION("""
        Usage: chatmail registration [show|open|token|closed|limit|reset]

        Who may make an account. A switch counts at once and is kept over restarts;
        accounts that exist work on in each.

          chatmail registration            what is in force
          chatmail registration open       everybody
          chatmail registration token      whoever has an invitation: chatmail tokens
          chatmail registration closed     nobody but you: chatmail accounts create
          chatmail registration limit      some of the limits for new accounts, 0 is off:
            --per-network COUNT            an hour from one network
            --guard-load LOAD              while the load average is above that
            --guard-memory SIZE            while less memory is available: 200MB
            --guard-disk SIZE              while less disk is free: 1GB
          chatmail registration reset      all as the configuration says
        """),
    QUEUE("""
        Usage: chatmail queue [list|retry]

          chatmail queue [list]            the domains that mail waits for, since when,
                                           and what their servers said last
          chatmail queue retry DOMAIN      try it now
        """),
    IMPORT("""
        Usage: chatmail import [relay|maddy] PATH [--dry-run]

        Takes the accounts of another server over, which keep their passwords. What came
        before is let be, so it may be repeated. docs/moving.md tells how to move a server.

          chatmail import relay DIR        a chatmail relay's mailbox folders,
                                           /home/vmail/mail/DOMAIN: accounts with the day
                                           of their last login, mail, tokens of devices
            --without-mail                 leave the mail
          chatmail import maddy FILE       the credentials.db of maddy, which is stopped;
                                           mail stays there
            --dry-run                      change nothing, tell what would be done

        Reads PATH as you, so run it as root or as a copy's owner. The exit status is 1 when
        some accounts couldn't be taken; they are listed.
        """),
    EXPIRE("""
        Usage: chatmail expire [--dry-run]

        Removes what is old now, which the server does within each day by itself: old
        messages, large ones that were seen, accounts that nobody uses. Waits for the end
        and prints what went.

          --dry-run                        remove nothing, count only
        """),
    STATUS("""
        Usage: chatmail status

        Version, accounts, messages, disk and queues of the running server. Exit status 1
        when it doesn't run, so that a script can ask.
        """),
    COMPLETION("""
        Usage: chatmail completion [bash|zsh]

        Prints what makes your shell complete the words of chatmail.

          bash, in ~/.bashrc               source <(chatmail completion bash)
          zsh, in a folder of $fpath       chatmail completion zsh > ~/.zfunc/_chatmail
        """);

    private static final String COMMON = """

        With each of them
          --data DIR, --port-offset N, --config FILE, --set KEY=VALUE
                                           those the server was started with: its token
                                           is in DIR/admin-token, its port in the rest
          --json                           what the server answers, for scripts

        Exit status: 0 when it is done, 1 when the server refuses or doesn't run, 2 for
        wrong arguments.
        """;

    private final String text;

    HelpTopic(String text) {
        this.text = text;
    }

    /** The topic that a command is. */
    static Optional<HelpTopic> of(String command) {
        return Arrays.stream(values())
                .filter(topic -> topic.name().toLowerCase(Locale.ROOT).equals(command))
                .findFirst();
    }

    /** Lines of at most 90 characters, with a line feed at the end. */
    public String text() {
        return this == COMPLETION ? text : text + COMMON;
    }
}
