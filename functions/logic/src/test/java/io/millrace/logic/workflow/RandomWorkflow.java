package io.millrace.logic.workflow;

import java.util.Random;

/** Writes workflows: every step that the reference knows, in each other and after each other. */
final class RandomWorkflow {
    private static final String ODD = "https://example.com/odd";

    private final Random random;
    private int names;

    RandomWorkflow(long seed) {
        random = new Random(seed);
    }

    String steps() {
        return list(3, false, false);
    }

    private int any(int below) {
        return random.nextInt(below);
    }

    private String list(int depth, boolean inLoop, boolean inFork) {
        StringBuilder list = new StringBuilder("[");
        int size = 1 + any(3);
        int first = names;
        names += size;
        for (int i = 0; i < size; i++) {
            // Only later steps, so that it ends.
            String then = any(8) == 0 ? then(first + i + 1, first + size) : null;
            list.append(i == 0 ? "" : ",").append(step(first + i, then, depth, inLoop, inFork));
        }
        return list.append("]").toString();
    }

    private String then(int from, int to) {
        return switch (any(4)) {
            case 0 -> "exit";
            case 1 -> "end";
            case 2 -> "continue";
            default -> from < to ? "s" + (from + any(to - from)) : "continue";
        };
    }

    private String step(int number, String then, int depth, boolean inLoop, boolean inFork) {
        StringBuilder step = new StringBuilder("{s" + number + ": {");
        step.append(kind(depth, inLoop, inFork));
        if (any(6) == 0) {
            step.append(", if: '${ ").append(condition(inLoop)).append(" }'");
        }
        if (any(6) == 0) {
            step.append(", input: {from: '").append(value(inLoop)).append("'}");
        }
        if (any(6) == 0) {
            step.append(", output: {as: '").append(value(inLoop)).append("'}");
        }
        if (!inFork && any(6) == 0) {
            step.append(", export: {as: '").append(value(inLoop)).append("'}");
        }
        if (then != null) {
            step.append(", then: '").append(then).append("'");
        }
        return step.append("}}").toString();
    }

    private String kind(int depth, boolean inLoop, boolean inFork) {
        return switch (any(depth > 0 ? 12 : 6)) {
            case 0 -> "set: '" + value(inLoop) + "'";
            case 1 -> "set: {a: '" + value(inLoop) + "', b: " + any(9) + "}";
            case 2 -> "wait: {seconds: " + any(3) + "}";
            case 3 ->
                any(4) == 0
                        ? "raise: {error: {type: '" + ODD + "', status: " + (400 + any(2)) + "}}"
                        : "switch: [{x: {when: '" + condition(inLoop) + "', then: 'continue'}}]";
            case 4, 5 -> "call: 'agent', with: {agent: 'a" + any(3) + "', input: '" + value(inLoop) + "'}";
            case 6 -> "do: " + list(depth - 1, inLoop, inFork);
            case 7 ->
                "for: {each: 'e', in: '${ range(" + any(4) + ") }', at: 'i'}"
                        + (any(3) == 0 ? ", while: '" + condition(true) + "'" : "") + ", do: "
                        + list(depth - 1, true, inFork);
            case 8, 9 -> "fork: {branches: " + branches(depth - 1, inLoop) + "}";
            default -> "try: " + list(depth - 1, inLoop, inFork) + ", catch: {" + handler(depth, inLoop, inFork) + "}";
        };
    }

    private String branches(int depth, boolean inLoop) {
        StringBuilder list = new StringBuilder("[");
        int size = 1 + any(4);
        int first = names;
        names += size;
        for (int i = 0; i < size; i++) {
            String step = step(first + i, null, depth, inLoop, true);
            if (i > 0 && any(3) == 0) {
                String needs = ", metadata: {needs: ['s" + (first + any(i)) + "']}}}";
                step = step.substring(0, step.length() - 2) + needs;
            }
            list.append(i == 0 ? "" : ",").append(step);
        }
        return list.append("]").toString();
    }

    private String handler(int depth, boolean inLoop, boolean inFork) {
        StringBuilder handler = new StringBuilder("as: 'e'");
        if (any(3) == 0) {
            handler.append(", errors: {with: {status: ").append(400 + any(2)).append("}}");
        }
        if (any(4) == 0) {
            handler.append(", when: '$e.status == 400'");
        }
        if (any(3) == 0) {
            handler.append(", retry: {delay: {seconds: ")
                    .append(any(2))
                    .append("}, limit: {attempt: {count: ")
                    .append(any(3))
                    .append("}}}");
        }
        if (any(2) == 0) {
            handler.append(", do: ").append(list(depth - 1, inLoop, inFork));
        }
        return handler.toString();
    }

    private String value(boolean inLoop) {
        return "${ "
                + switch (any(inLoop ? 9 : 7)) {
                    case 0 -> ". + 1";
                    case 1 -> "[., 1]";
                    case 2 -> "$input";
                    case 3 -> "[$context]";
                    case 4 -> "\"text\"";
                    case 5 -> ".a";
                    case 6 -> any(9) == 0 ? "error" : ".";
                    case 7 -> "[$e, $i]";
                    default -> "$i + 1";
                } + " }";
    }

    private String condition(boolean inLoop) {
        return switch (any(inLoop ? 5 : 4)) {
            case 0 -> ". == 1";
            case 1 -> "true";
            case 2 -> "$context != 0";
            case 3 -> ". != \"text\"";
            default -> "$i < 2";
        };
    }
}
