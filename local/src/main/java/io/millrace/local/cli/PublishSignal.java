package io.millrace.local.cli;

import java.util.ArrayList;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, or a request to terminate, while lines are published. Before the first is sent it ends the process, with word
 * that none was; after it no more are sent, so that it is known how many were. The second one ends the process at once.
 */
final class PublishSignal implements AutoCloseable {

    /** What a shell has for a command that was interrupted. */
    static final int STATUS = 130;

    private record Replaced(Signal signal, SignalHandler handler) {}

    private final List<Replaced> replaced = new ArrayList<>();
    private boolean sending;
    private boolean received;

    private PublishSignal() {}

    static PublishSignal install() {
        PublishSignal installed = new PublishSignal();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            installed.replaced.add(new Replaced(signal, Signal.handle(signal, given -> installed.onSignal())));
        }
        return installed;
    }

    private synchronized void onSignal() {
        if (received) {
            Runtime.getRuntime().halt(STATUS);
        }
        received = true;
        if (!sending) {
            System.err.println("millrace: interrupted: nothing published");
            System.exit(STATUS);
        }
    }

    /** Whether the next record may be sent. */
    synchronized boolean goesOn() {
        sending = true;
        return !received;
    }

    synchronized boolean isReceived() {
        return received;
    }

    @Override
    public void close() {
        replaced.forEach(before -> Signal.handle(before.signal(), before.handler()));
    }
}
