package io.millrace.gateway.model;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.sql.SQLException;
import java.util.List;

/**
 * A part of the model: its tables, the topics that it follows, and what a record of them changes. What it holds after a
 * log is a function of the log: not of where batches ended, nor of the clock.
 */
interface Feed {

    /** The statements that make its tables. */
    List<String> tables();

    boolean follows(String topic);

    /**
     * What a record changes. Called by several threads, and in any order.
     *
     * @throws RejectedEventException when nothing can be read from it
     */
    Change read(SourceRecord record) throws RejectedEventException;

    /** Called before a batch is committed: what is more than the model keeps, goes. */
    default void trim(ModelWriter model) throws SQLException {}

    /** Called when a file is opened, before anything of it is asked for: a feed that keeps things in memory reads them. */
    default void opened(ModelWriter model) throws SQLException {}

    /** Called when what was changed is committed. */
    default void committed(ModelWriter model) {}

    /** Called when nothing was changed after all. */
    default void rolledBack() {}
}
