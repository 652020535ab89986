package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes a document of what a parser reports, without recursion, and keeps where it stands. */
final class TreeMaker {
    /** Far more than steps may stand in each other, with what is between them. */
    static final int MAX_DEPTH = 200;

    private final Deque<Open> open = new ArrayDeque<>();
    private MarkedTree tree;

    /** An object or list that has not ended. */
    private static final class Open {
        private final JsonNode node;
        private final Marks marks;
        private String name;

        Open(JsonNode node, Marks marks) {
            this.node = node;
            this.marks = marks;
        }
    }

    void beginObject(int line, int column) throws UnreadableException {
        begin(JsonNodeFactory.instance.objectNode(), line, column);
    }

    void beginArray(int line, int column) throws UnreadableException {
        begin(JsonNodeFactory.instance.arrayNode(), line, column);
    }

    private void begin(JsonNode node, int line, int column) throws UnreadableException {
        if (open.size() == MAX_DEPTH) {
            throw new UnreadableException(line, column, "nested more than " + MAX_DEPTH + " levels deep");
        }
        open.push(new Open(node, add(node, line, column)));
    }

    /** Whether the next thing is the name of a member. */
    boolean awaitsName() {
        return !open.isEmpty() && open.peek().node.isObject() && open.peek().name == null;
    }

    void name(String name, int line, int column) throws UnreadableException {
        Open object = open.peek();
        Marks before = object.marks.member(name);
        if (before != null) {
            throw new UnreadableException(
                    line, column, "\"" + name + "\" is there twice; the first is on line " + before.line());
        }
        object.name = name;
        object.marks.member(name, new Marks(line, column));
    }

    void value(JsonNode value, int line, int column) {
        add(value, line, column);
    }

    private Marks add(JsonNode value, int line, int column) {
        if (open.isEmpty()) {
            Marks marks = new Marks(line, column);
            tree = new MarkedTree(value, marks);
            return marks;
        }
        Open around = open.peek();
        if (around.node instanceof ArrayNode array) {
            Marks marks = new Marks(line, column);
            array.add(value);
            around.marks.item(marks);
            return marks;
        }
        ((ObjectNode) around.node).set(around.name, value);
        Marks marks = around.marks.member(around.name);
        around.name = null;
        return marks;
    }

    /** As Jackson reads it. */
    static JsonNode number(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    void end() {
        open.pop();
    }

    /** Whether a document has been read to its end. */
    boolean isDone() {
        return tree != null && open.isEmpty();
    }

    /** Null when nothing was reported. */
    MarkedTree tree() {
        return tree;
    }
}
