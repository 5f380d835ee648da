package org.jameschatmail.protocols.imap.metadata;

class MemoryMailboxMetadataTest implements MailboxMetadataContract {
    private final MailboxMetadata subject = new MemoryMailboxMetadata();

    @Override
    public MailboxMetadata subject() {
        return subject;
    }
}
