package io.millrace.gateway.model;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What the topics say, in one file of SQLite. Records and the positions up to which they were read are committed in one
 * transaction, so that after a crash it goes on where it was, and no record counts twice or not at all.
 *
 * <p>One thread writes; questions are asked by any, see the classes whose names end in {@code Queries}.
 */
public final class ReadModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);
    private static final int READERS = 4;
    private static final int READ_IN_PARALLEL_FROM = 200;

    private final ModelFile file;
    private final List<Feed> feeds;
    private final ModelProgress progress = new ModelProgress();
    private final Skipped skipped = new Skipped();
    private final AtomicLong applied = new AtomicLong();
    private final ReadWriteLock opening = new ReentrantReadWriteLock();

    private Connection connection;
    private ModelWriter writer;
    private Readers readers;
    /** Whether it has to be restarted before it is of use. */
    private volatile boolean broken;

    /** Something that is asked of the model. */
    @FunctionalInterface
    interface Question<T> {
        T ask(ModelReader reader) throws SQLException;
    }

    private ReadModel(Path directory, List<Feed> feeds) {
        file = new ModelFile(directory);
        this.feeds = feeds;
    }

    static List<Feed> feeds() {
        return List.of(
                new TaskFeed(),
                new ReminderFeed(),
                new NotificationFeed(),
                new RunFeed(),
                new StepFeed(),
                new WorkflowFeed(),
                new ApprovalFeed(),
                new ConversationFeed(),
                new SloFeed(),
                new AgentFeed(),
                new FlagFeed(),
                new LetterFeed());
    }

    /**
     * Opens the model of a directory, or makes it.
     *
     * @throws IOException when the directory can't be used
     */
    public static ReadModel open(Path directory) throws IOException {
        return open(directory, feeds());
    }

    static ReadModel open(Path directory, List<Feed> feeds) throws IOException {
        ReadModel model = new ReadModel(directory, feeds);
        try {
            model.open();
        } catch (SQLException e) {
            throw new IOException("the model in " + directory + " can't be opened: " + e.getMessage(), e);
        }
        return model;
    }

    /** A file whose damage is seen only here is thrown away too. */
    private void open() throws SQLException, IOException {
        try {
            openFile();
        } catch (SQLException e) {
            shut();
            if (!isCorrupt(e)) {
                throw e;
            }
            LOG.warn("The model is damaged and is made anew: {}", e.getMessage());
            file.delete();
            openFile();
        }
        broken = false;
    }

    private void openFile() throws SQLException, IOException {
        connection = file.openWriter(feeds);
        boolean live = meta("live") != null;
        writer = new ModelWriter(connection, live);
        readers = new Readers(file, READERS);
        for (Feed feed : feeds) {
            feed.opened(writer);
        }
        progress.start(readPositions(), writer.lastChange(), meta("epoch"));
        connection.commit();
    }

    private String meta(String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
            return Rows.first(statement, row -> row.getString(1), name);
        }
    }

    private Map<LogPartition, Long> readPositions() throws SQLException {
        return writer
                .all(
                        "SELECT topic, partition, next FROM positions",
                        row -> Map.entry(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Throws everything away, to be told from the beginning of the log. When that fails it is broken until it works. */
    public void restart() throws SQLException, IOException {
        opening.writeLock().lock();
        try {
            broken = true;
            shut();
            file.delete();
            open();
        } finally {
            opening.writeLock().unlock();
        }
    }

    /** Whether it is of no use before a {@link #restart}: its file is damaged, or could not be made. */
    public boolean isBroken() {
        return broken;
    }

    private void shut() throws SQLException {
        if (readers != null) {
            readers.close();
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** Flags, in memory. */
    public Flags flags() {
        return feeds.stream()
                .filter(FlagFeed.class::isInstance)
                .map(feed -> ((FlagFeed) feed).flags())
                .findFirst()
                .orElseThrow();
    }

    public ModelProgress progress() {
        return progress;
    }

    /** Whether records of that topic are of use to it. */
    public boolean follows(String topic) {
        return feeds.stream().anyMatch(feed -> feed.follows(topic));
    }

    /**
     * Notes which topic it is that the model follows: one that was deleted and made again is another one.
     *
     * @param id as the brokers know it
     * @return whether it is the one that was followed before, or was none
     */
    public synchronized boolean isOf(String topic, String id) throws SQLException {
        String known = writer.first("SELECT id FROM topics WHERE topic = ?", row -> row.getString(1), topic);
        if (known == null) {
            writer.update("INSERT INTO topics (topic, id) VALUES (?, ?)", topic, id);
        }
        writer.commit();
        return known == null || known.equals(id);
    }

    /**
     * Takes in what was read. A record of which nothing can be made is skipped.
     *
     * @throws SQLException when the file can't be written; nothing of the batch is in the model then
     */
    public synchronized void apply(Batch batch) throws SQLException {
        List<Read> read = read(batch.records());
        try {
            write(read, batch.next());
        } catch (SQLException e) {
            rollback();
            if (!isOfContent(e)) {
                throw e;
            }
            writeOneByOne(read, batch.next());
        } catch (RuntimeException e) {
            rollback();
            writeOneByOne(read, batch.next());
        }
        applied.addAndGet(batch.records().size());
    }

    /** A record and what it changes. */
    private record Read(SourceRecord record, List<Change> changes) {}

    private List<Read> read(List<SourceRecord> records) {
        Stream<SourceRecord> stream =
                records.size() < READ_IN_PARALLEL_FROM ? records.stream() : records.parallelStream();
        return stream.map(this::read).toList();
    }

    private Read read(SourceRecord record) {
        List<Change> changes = new ArrayList<>(1);
        try {
            for (Feed feed : feeds) {
                if (feed.follows(record.topic())) {
                    changes.add(feed.read(record));
                }
            }
        } catch (RejectedEventException e) {
            // The message may quote what stands in the record.
            skipped.add(record, e.code().wireName());
            return new Read(record, List.of());
        } catch (RuntimeException e) {
            skipped.add(
                    record,
                    ErrorCode.UNREADABLE.wireName() + ", " + e.getClass().getSimpleName());
            return new Read(record, List.of());
        }
        return new Read(record, changes);
    }

    private void write(List<Read> records, Map<LogPartition, Long> next) throws SQLException {
        for (Read record : records) {
            for (Change change : record.changes()) {
                change.apply(writer);
            }
        }
        for (Feed feed : feeds) {
            feed.trim(writer);
        }
        writer.trimChanges();
        for (Map.Entry<LogPartition, Long> position : next.entrySet()) {
            writer.update(
                    "INSERT OR REPLACE INTO positions (topic, partition, next) VALUES (?, ?, ?)",
                    position.getKey().topic(),
                    position.getKey().partition(),
                    position.getValue());
        }
        commit();
        List<Effect> effects = writer.takeEffects();
        progress.committed(next, writer.isLive() ? effects : List.of(), writer.lastChange());
    }

    private void commit() throws SQLException {
        writer.commit();
        feeds.forEach(feed -> feed.committed(writer));
    }

    private void rollback() throws SQLException {
        feeds.forEach(Feed::rolledBack);
        writer.rollback();
    }

    /** So that the one that can't be written keeps none of the others back. */
    private void writeOneByOne(List<Read> records, Map<LogPartition, Long> next) throws SQLException {
        for (Read record : records) {
            try {
                write(List.of(record), Map.of());
            } catch (SQLException e) {
                rollback();
                if (!isOfContent(e)) {
                    throw e;
                }
                skipped.add(record.record(), "the database refused it: " + ((SQLiteException) e).getResultCode());
            } catch (RuntimeException e) {
                rollback();
                skipped.add(record.record(), "it failed: " + e.getClass().getSimpleName());
            }
        }
        write(List.of(), next);
    }

    private static boolean isOfContent(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        String code = sqlite.getResultCode().name();
        return code.startsWith(SQLiteErrorCode.SQLITE_CONSTRAINT.name())
                || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_TOOBIG
                || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_MISMATCH;
    }

    /** Whether a failure says that the file is not to be trusted any more. */
    public static boolean isCorrupt(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode().name().startsWith(SQLiteErrorCode.SQLITE_CORRUPT.name())
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB);
    }

    /** Called when the end of the log was reached: from now on changes are noted for those who follow them. */
    public synchronized void goLive() throws SQLException {
        if (!writer.isLive()) {
            writer.goLive();
            commit();
        }
    }

    <T> T ask(Question<T> question) {
        opening.readLock().lock();
        try {
            return readers.ask(question);
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
                throw new ModelBusyException("the question takes too long; ask for less", e);
            }
            if (isCorrupt(e)) {
                broken = true;
            }
            throw new ModelBusyException("the model can't be read", e);
        } catch (SQLException e) {
            throw new ModelBusyException("the model can't be read", e);
        } finally {
            opening.readLock().unlock();
        }
    }

    /** Records of which nothing could be made. */
    public long skipped() {
        return skipped.count();
    }

    /** Records that were taken in since it was opened. */
    public long applied() {
        return applied.get();
    }

    /** How large it is on disk. */
    public long bytes() {
        return file.bytes();
    }

    @Override
    public void close() throws IOException {
        opening.writeLock().lock();
        try {
            shut();
        } catch (SQLException e) {
            throw new IOException("the model can't be closed", e);
        } finally {
            opening.writeLock().unlock();
        }
    }
}
