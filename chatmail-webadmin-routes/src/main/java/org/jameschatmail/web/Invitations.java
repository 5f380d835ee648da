package org.jameschatmail.web;

public interface Invitations {
    /** Whether an account can be made with it now. */
    boolean isUsable(String token);
}
