package io.millrace.chaos.workload;

import java.time.Instant;
import java.util.List;

/** What is published in one episode, and its judge. */
public interface Act extends AutoCloseable {

    /** In the order of their times. */
    List<Publication> publications();

    /**
     * Judges what came of it, when everything is published and runs again; looks again for a while when something is
     * not there, or not there yet.
     *
     * @param start of the episode
     * @return the first clean report, else the last one
     */
    Report judge(Instant start);

    @Override
    void close();
}
