package io.millrace.bench.reminders;

/** Something that sends reminders when they are due, to a topic of its own. It runs from its making to its end. */
interface Contestant extends AutoCloseable {

    /** As in the names of figures: {@code tasks}. */
    String name();

    /** The topic it writes reminders to, which is there. */
    String output();

    /** Takes the batch in and returns when a crash would not lose it any more. */
    void arm(Batch batch) throws Exception;

    /** What the reminders it holds take on disk, in bytes. */
    long storedBytes() throws Exception;

    @Override
    void close() throws Exception;
}
