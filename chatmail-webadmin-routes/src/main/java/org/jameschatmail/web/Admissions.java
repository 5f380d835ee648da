package org.jameschatmail.web;

/** Knows who gets an account. Asked for each view of a page, so it answers at once; thread-safe. */
@FunctionalInterface
public interface Admissions {
    Admission now();
}
