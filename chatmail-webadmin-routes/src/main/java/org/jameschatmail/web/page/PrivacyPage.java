package org.jameschatmail.web.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.web.PrivacyContacts;
import org.jameschatmail.web.SiteConfiguration;

/** What is stored, for how long, and who answers for it. Immutable. */
public record PrivacyPage(Visit visit, SiteConfiguration site) {
    /** @param key of the text that says what it is */
    public record Contact(String key, String value) {}

    public boolean hasContacts() {
        return hasMail() || !others().isEmpty();
    }

    public boolean hasMail() {
        return site.contacts().mail().isPresent();
    }

    public String mail() {
        return site.contacts().mail().orElse("");
    }

    public String mailLink() {
        return site.contacts().mailLink().orElse("");
    }

    /** Those beside the mail address. */
    public List<Contact> others() {
        PrivacyContacts given = site.contacts();
        List<Contact> contacts = new ArrayList<>();
        add(contacts, "privacy.contact.postal", given.postal());
        add(contacts, "privacy.contact.pdo", given.pdo());
        add(contacts, "privacy.contact.supervisor", given.supervisor());
        return contacts;
    }

    private static void add(List<Contact> contacts, String key, Optional<String> value) {
        value.ifPresent(text -> contacts.add(new Contact(key, text)));
    }
}
