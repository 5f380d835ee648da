package org.jameschatmail.guice.web;

import javax.inject.Inject;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.jameschatmail.guice.account.Registration;
import org.jameschatmail.web.Admission;
import org.jameschatmail.web.Admissions;

/** What {@link Registration} would say to a stranger, as far as the pages tell it. Thread-safe. */
final class RegistrationAdmissions implements Admissions {
    private final Registration registration;
    private final RegistrationConfiguration configuration;

    @Inject
    RegistrationAdmissions(Registration registration, RegistrationConfiguration configuration) {
        this.registration = registration;
        this.configuration = configuration;
    }

    @Override
    public Admission now() {
        if (registration.isOpen()) {
            return registration.shortages().isEmpty() ? Admission.OPEN : Admission.PAUSED;
        }
        return configuration.mode() == RegistrationMode.TOKEN ? Admission.BY_INVITATION : Admission.CLOSED;
    }
}
