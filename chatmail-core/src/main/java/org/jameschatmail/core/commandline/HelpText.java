package org.jameschatmail.core.commandline;

/** What {@code chatmail help} prints. */
public final class HelpText {
    /** The whole text, lines of at most 80 characters, with a line feed at the end. */
    public static final String TEXT = """
        James Chatmail: a mail relay for Delta Chat.

        Usage
          chatmail run  [options]   start the server in the foreground
          chatmail dns  [options]   print the DNS records that the domain needs
          chatmail dkim STEP [options]
                                    show or replace the keys that sign mail
          chatmail doctor [options] say whether machine, settings and DNS are in order
          chatmail backup FILE [options]
                                    write all that the server keeps into a zip file
          chatmail restore FILE [options]
                                    fill an empty data directory from it
          chatmail version          print the version
          chatmail help             print this text

        With the server running; each has a --help of its own
          chatmail status           version, accounts, disk, queues
          chatmail accounts         list, show, create, password, ban, unban, delete
          chatmail registration     open, token (by invitation) or closed
          chatmail tokens           invitations: list, create, delete
          chatmail queue            the mail that waits for other servers
          chatmail import           take accounts of another server over
          chatmail expire           remove what is old now; --dry-run counts it
          chatmail completion SHELL what makes bash or zsh complete all this

        Options of run
          --domain DOMAIN      the mail domain, short for --set domain=DOMAIN
          --data DIR           the directory that holds everything worth keeping:
                               mail, accounts, keys, and DIR/admin-token
          --port-offset N      added to every port, short for --set port.offset=N
          --set KEY=VALUE      sets any key; may be given several times
          --config FILE        read FILE instead of conf/chatmail.properties

        Options of dns, besides those of run
          --check              compare with what is published and say what to change;
                               exit status 1 when something misses or differs
          --json               for programs

        Steps of dkim, with the options of run; a running server heeds them
          list                 the keys, and what each is for
          rotate               make new ones, which wait, and print their records
          activate             let them sign, if the DNS shows them; --force does
                               not ask
          import FILE          let another server's RSA key sign, from now on; its
                               name is the selector, or --selector S
          retire               delete the old ones, some days later

        Options of doctor, besides those of run
          --peer DOMAIN        whose mail server is called, to see whether mail can
                               leave; nine.testrun.org if not given
          --json               for programs
                               exit status 1 when something fails, 2 when the
                               settings are wrong; a warning is 0

        backup and restore, with the options of run
          A backup is made with the server running or not. It holds accounts,
          mail, keys and tokens: keep it where nobody else can read it. A
          database of store.url isn't in it; its own tools back it up.

        Try it on this machine, then with a name of your own
          chatmail run
          chatmail run --domain chat.example --set registration.mode=closed

        Where a setting comes from, the strongest first
          1. the command line        --set quota.storage=1GB
          2. the environment         CHATMAIL_QUOTA_STORAGE=1GB
          3. the configuration file  quota.storage=1GB
          4. the default             quota.storage=500MB
        conf/chatmail.properties lists every key with its meaning and default.

        What to expect
          A line that starts with READY is printed when every port accepts.
          Ctrl-C or SIGTERM stops the server; no accepted mail is lost.
          A wrong argument, key or value: all of them are listed, nothing is
          started, and the exit status is 2.
        """;

    private HelpText() {}
}
