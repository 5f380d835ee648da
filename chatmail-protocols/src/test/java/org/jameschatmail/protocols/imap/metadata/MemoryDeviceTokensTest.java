package org.jameschatmail.protocols.imap.metadata;

class MemoryDeviceTokensTest implements DeviceTokensContract {
    private final AdvancingClock clock = new AdvancingClock();
    private final DeviceTokens subject = new MemoryDeviceTokens(clock);

    @Override
    public DeviceTokens subject() {
        return subject;
    }

    @Override
    public AdvancingClock clock() {
        return clock;
    }
}
