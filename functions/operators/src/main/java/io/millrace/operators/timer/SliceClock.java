package io.millrace.operators.timer;

import java.io.Serializable;

/** What the length of a slice is measured by. */
public interface SliceClock extends Serializable {
    SliceClock JVM = System::nanoTime;

    /** Nanoseconds since some moment. */
    long nanoTime();
}
