package io.millrace.agents.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The model of this process: its native memory is given back when nobody uses it. */
final class SharedModel {
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";

    private static SharedModel shared;
    private static int users;

    private final WordPieces pieces;
    private final OrtEnvironment environment;
    private final OrtSession session;
    /** Written to by the one that closes the session, which is not to happen below a run. */
    private final ReadWriteLock open = new ReentrantReadWriteLock();

    private boolean closed;

    private SharedModel() throws IOException, OrtException {
        try (InputStream vocabulary = resource(VOCABULARY);
                InputStream model = resource(MODEL)) {
            pieces = WordPieces.read(vocabulary);
            environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                // Threads are the callers': several run at a time. No pool of memory that keeps the largest text's.
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setCPUArenaAllocator(false);
                options.setMemoryPatternOptimization(false);
                session = environment.createSession(model.readAllBytes(), options);
            }
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = SharedModel.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("the classpath has no " + name);
        }
        return stream;
    }

    static synchronized SharedModel acquire() {
        if (shared == null) {
            try {
                shared = new SharedModel();
            } catch (IOException | OrtException | LinkageError e) {
                throw new IllegalStateException("the model of the embeddings does not run on this machine", e);
            }
        }
        users++;
        return shared;
    }

    void release() {
        synchronized (SharedModel.class) {
            if (--users > 0) {
                return;
            }
            shared = null;
        }
        open.writeLock().lock();
        try {
            closed = true;
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the model of the embeddings can't be closed", e);
        } finally {
            open.writeLock().unlock();
        }
    }

    /**
     * One text at a time: the scale of the integers is that of all texts that are given at once, and a vector would depend on
     * its neighbours.
     */
    float[] embed(String text) {
        long[] ids = pieces.ids(text, Embeddings.MAX_PIECES);
        if (ids.length == 2) {
            return new float[Embeddings.DIMENSIONS];
        }
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("these embeddings are closed");
            }
            return run(ids);
        } catch (OrtException e) {
            throw new IllegalStateException("the model of the embeddings failed", e);
        } finally {
            open.readLock().unlock();
        }
    }

    private float[] run(long[] ids) throws OrtException {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor pieceIds = tensor(ids);
                OnnxTensor mask = tensor(ones);
                OnnxTensor types = tensor(new long[ids.length])) {
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            inputs.put("input_ids", pieceIds);
            inputs.put("attention_mask", mask);
            inputs.put("token_type_ids", types);
            try (OrtSession.Result result = session.run(inputs)) {
                return mean(((float[][][]) result.get(0).getValue())[0]);
            }
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, new long[][] {values});
    }

    private static float[] mean(float[][] perPiece) {
        double[] sums = new double[Embeddings.DIMENSIONS];
        for (float[] piece : perPiece) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += piece[i];
            }
        }
        double length = Math.sqrt(Arrays.stream(sums).map(x -> x * x).sum());
        float[] vector = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            vector[i] = (float) (sums[i] / length);
        }
        return vector;
    }
}
