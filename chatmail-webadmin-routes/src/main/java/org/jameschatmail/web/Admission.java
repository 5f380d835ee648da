package org.jameschatmail.web;

/** Whether somebody who comes without an account gets one, as the pages tell it. */
public enum Admission {
    /** Everybody does. */
    OPEN,
    /** Whoever has an invitation does. */
    BY_INVITATION,
    /** Nobody does. */
    CLOSED,
    /** Nobody does until the machine has room again. */
    PAUSED
}
