package org.jameschatmail.web;

/** A group of routes that belong together. {@link #define} reads as a table of methods and paths. */
@FunctionalInterface
public interface WebRoutes {
    void define(RouteTable table);
}
