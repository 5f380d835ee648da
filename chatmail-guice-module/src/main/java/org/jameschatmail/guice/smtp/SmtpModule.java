package org.jameschatmail.guice.smtp;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.jameschatmail.protocols.smtp.server.ChatmailSmtpServerFactory;

/** Our SMTP listeners in the place of James'. */
public final class SmtpModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(ChatmailSmtpServerFactory.class).in(Scopes.SINGLETON);
        bind(SMTPServerFactory.class).to(ChatmailSmtpServerFactory.class);
    }
}
