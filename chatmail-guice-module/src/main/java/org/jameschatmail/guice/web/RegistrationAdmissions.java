package org.jameschatmail.guice.web;

import javax.inject.Inject;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.guice.account.Registration;
import org.jameschatmail.web.Admission;
import org.jameschatmail.web.Admissions;

/** What {@link Registration} would say to a stranger, as far as the pages tell it. Thread-safe. */
final class RegistrationAdmissions implements Admissions {
    private final Registration registration;
    private final RegistrationControl control;

    @Inject
    RegistrationAdmissions(Registration registration, RegistrationControl control) {
        this.registration = registration;
        this.control = control;
    }

    @Override
    public Admission now() {
        return switch (control.mode()) {
            case OPEN -> registration.shortages().isEmpty() ? Admission.OPEN : Admission.PAUSED;
            case TOKEN -> Admission.BY_INVITATION;
            case CLOSED -> Admission.CLOSED;
        };
    }
}
