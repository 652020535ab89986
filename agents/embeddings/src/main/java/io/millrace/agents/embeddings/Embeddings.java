package io.millrace.agents.embeddings;

/**
 * Vectors of texts: texts that mean much the same have vectors that point much the same way. The model is loaded when
 * the first vector is asked for, once per process, and let go when the last of its users is closed. Thread-safe; each
 * call works on the caller's thread alone.
 *
 * <p>The same text has the same vector on the same processor. The arithmetic is that of 8-bit integers, which
 * processors round a little differently: to compare with a threshold, leave a margin.
 */
public final class Embeddings implements AutoCloseable {
    /** The length of a vector. */
    public static final int DIMENSIONS = 384;

    /** Of longer texts only as many characters (UTF-16) are looked at. */
    public static final int MAX_CHARACTERS = 4_000;

    /** Of those only as many pieces of words: some 180 words of English, fewer of French and Spanish. */
    static final int MAX_PIECES = 256;

    private SharedModel model;
    private boolean closed;

    /**
     * @return of length one; zeros for a text without any word
     * @throws IllegalStateException when this is closed, or the model does not run on this machine
     */
    public float[] of(String text) {
        return model().embed(text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text);
    }

    /** From -1 to 1: how alike two texts are, by their vectors (the cosine of the angle between them). */
    public static float likeness(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private synchronized SharedModel model() {
        if (closed) {
            throw new IllegalStateException("these embeddings are closed");
        }
        if (model == null) {
            model = SharedModel.acquire();
        }
        return model;
    }

    /** Lets the model go. A vector that is being made is made. */
    @Override
    public synchronized void close() {
        closed = true;
        if (model != null) {
            model.release();
            model = null;
        }
    }
}
