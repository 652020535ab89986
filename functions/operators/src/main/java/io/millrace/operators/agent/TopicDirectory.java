package io.millrace.operators.agent;

import java.io.Serializable;

/** Knows which topics there are, and what they take. Opened and closed by each subtask that uses it. */
public interface TopicDirectory extends Serializable, AutoCloseable {

    void open() throws Exception;

    /** Whether there is a topic of that name, as of some seconds ago at worst; true when that can't be found out. */
    boolean has(String topic);

    /**
     * Whether there is a topic of that name, to which a record of that size may be written; true when that can't be
     * found out.
     *
     * @param bytes of key, value and headers, and what Kafka adds to them
     */
    boolean takes(String topic, long bytes);
}
