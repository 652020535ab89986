package io.millrace.gateway.model;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The connections that answer questions: a few, for which threads wait. */
final class Readers implements AutoCloseable {
    private static final int WAIT_SECONDS = 5;

    private final List<ModelReader> all = new ArrayList<>();
    private final BlockingQueue<ModelReader> free;

    Readers(ModelFile file, int count) throws SQLException {
        free = new ArrayBlockingQueue<>(count);
        try {
            for (int i = 0; i < count; i++) {
                all.add(new ModelReader(file.openReader()));
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
        free.addAll(all);
    }

    <T> T ask(ReadModel.Question<T> question) throws SQLException {
        ModelReader reader = take();
        try {
            reader.begin();
            return question.ask(reader);
        } finally {
            free.add(reader);
        }
    }

    private ModelReader take() {
        try {
            ModelReader reader = free.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (reader == null) {
                throw new ModelBusyException("too many questions at a time");
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelBusyException("interrupted");
        }
    }

    @Override
    public void close() throws SQLException {
        for (ModelReader reader : all) {
            reader.close();
        }
    }
}
