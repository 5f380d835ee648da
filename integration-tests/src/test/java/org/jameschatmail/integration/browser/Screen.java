package org.jameschatmail.integration.browser;

/**
 * What a visitor looks at pages on.
 *
 * @param width  CSS pixels
 * @param height CSS pixels
 */
record Screen(String name, int width, int height, boolean dark) {
    static final Screen PHONE = new Screen("phone", 320, 640, false);
    static final Screen DESKTOP = new Screen("desktop", 1280, 800, false);

    Screen atNight() {
        return new Screen(name + "-dark", width, height, true);
    }
}
