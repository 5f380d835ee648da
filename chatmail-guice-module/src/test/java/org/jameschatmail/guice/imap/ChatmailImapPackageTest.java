package org.jameschatmail.guice.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.apache.james.imap.processor.LoginProcessor;
import org.apache.james.imap.processor.NoopProcessor;
import org.apache.james.imap.processor.SetACLProcessor;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.utils.ClassName;
import org.jameschatmail.protocols.imap.login.PasswordLoginProcessor;
import org.junit.jupiter.api.Test;

class ChatmailImapPackageTest {
    private static final int COMMANDS_FOR_SHARING = 5;

    private final ImapPackage subject = new ChatmailImapPackage();

    @Test
    void packageShouldReplaceProcessorsAndKeepTheRest() {
        assertThat(subject.processors())
                .contains(name(PasswordLoginProcessor.class), name(NoopProcessor.class))
                .doesNotContain(name(LoginProcessor.class), name(SetACLProcessor.class))
                .hasSize(ImapPackage.DEFAULT.processors().size() - COMMANDS_FOR_SHARING);
    }

    @Test
    void packageShouldReplaceAsManyDecodersAsItBrings() {
        assertThat(subject.decoders()).hasSize(ImapPackage.DEFAULT.decoders().size() - COMMANDS_FOR_SHARING);
    }

    @Test
    void packageShouldNameClassesThatExistOnce() throws ClassNotFoundException {
        for (Collection<ClassName> names : List.of(subject.processors(), subject.decoders(), subject.encoders())) {
            assertThat(names).doesNotHaveDuplicates();
            for (ClassName name : names) {
                assertThat(Class.forName(name.getName())).isNotNull();
            }
        }
    }

    private static ClassName name(Class<?> type) {
        return new ClassName(type.getCanonicalName());
    }
}
