package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** A piece of a compiled program. */
abstract class Node {
    /** Of simple nodes within each other: so many fit on any stack. */
    private static final int MAX_HEIGHT = 64;

    private final int position;
    private final int height;

    Node(int position) {
        this(position, 0);
    }

    /** @param height of a node that has one value and needs no machine to find it; 0 for others */
    Node(int position, int height) {
        this.position = position;
        this.height = height > MAX_HEIGHT ? 0 : height;
    }

    /** In the text, from 1; 0 for what the text does not have. */
    int position() {
        return position;
    }

    /** Whether {@link #value} can be asked. */
    boolean isSimple() {
        return height > 0;
    }

    /** Of a node made of these; 0 unless all are simple. */
    static int heightOver(Node... parts) {
        int height = 1;
        for (Node part : parts) {
            if (!part.isSimple()) {
                return 0;
            }
            height = Math.max(height, part.height + 1);
        }
        return height;
    }

    /** Takes the machine a step on: to a part, or to a value. */
    abstract void step(Machine machine);

    /** Its one value. */
    JsonNode value(JsonNode input, Env env, Meter meter) {
        throw new IllegalStateException(getClass() + " is not simple");
    }
}
