package io.millrace.logic.rollout;

import static io.millrace.schema.rollout.RolloutPhase.ABORTED;
import static io.millrace.schema.rollout.RolloutPhase.COMPLETED;
import static io.millrace.schema.rollout.RolloutPhase.PAUSED;
import static io.millrace.schema.rollout.RolloutPhase.PLANNED;
import static io.millrace.schema.rollout.RolloutPhase.ROLLED_BACK;
import static io.millrace.schema.rollout.RolloutPhase.RUNNING;
import static io.millrace.schema.rollout.RolloutPhase.STOPPED;

import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutPhase;
import java.util.EnumMap;
import java.util.Map;

/** The life of a roll-out as a table: phase × move → answer. docs/rollout.md shows the same table, written by a test. */
final class RolloutLifecycle {
    private static final Answer NOTHING = new Answer(null, false);
    private static final Answer REFUSED = new Answer(null, true);
    private static final Map<RolloutPhase, Map<Move, Answer>> TABLE = new EnumMap<>(RolloutPhase.class);

    /** What can happen to a roll-out: what somebody wants, and what comes of itself. */
    enum Move {
        START,
        PAUSE,
        RESUME,
        STEP,
        PROMOTE,
        ROLL_BACK,
        EMERGENCY_STOP,
        /** The evidence, or a limit, says that the new variant is worse. */
        VERDICT,
        /** A step is over, and nothing speaks against the next one. */
        ADVANCE,
        /** The last step is over. */
        FINISH,
        /** The flag was changed by somebody else. */
        FLAG_CHANGED,
        /** The flag was deleted. */
        FLAG_GONE
    }

    /**
     * What becomes of a move.
     *
     * @param next the phase from then on; null when nothing happens
     */
    record Answer(RolloutPhase next, boolean refused) {
        boolean applies() {
            return next != null;
        }

        private String label() {
            return next != null ? EventType.wireName(next) : refused ? "refused" : "–";
        }
    }

    static {
        Answer back = to(ROLLED_BACK);
        Answer stop = to(STOPPED);
        // Columns as in Move.
        row(PLANNED, to(RUNNING), REFUSED, NOTHING, REFUSED, REFUSED, REFUSED, stop);
        row(RUNNING, NOTHING, to(PAUSED), NOTHING, to(RUNNING), to(COMPLETED), back, stop);
        itself(RUNNING, back, to(RUNNING), to(COMPLETED), to(PAUSED), to(ABORTED));
        row(PAUSED, REFUSED, NOTHING, to(RUNNING), REFUSED, to(COMPLETED), back, stop);
        itself(PAUSED, back, NOTHING, NOTHING, NOTHING, to(ABORTED));
        row(COMPLETED, REFUSED, REFUSED, NOTHING, REFUSED, NOTHING, back, stop);
        row(ROLLED_BACK, to(RUNNING), REFUSED, NOTHING, REFUSED, REFUSED, NOTHING, stop);
        row(STOPPED, REFUSED, REFUSED, to(PLANNED), REFUSED, REFUSED, NOTHING, NOTHING);
        row(ABORTED, to(RUNNING), REFUSED, NOTHING, REFUSED, REFUSED, NOTHING, stop);
    }

    private RolloutLifecycle() {}

    private static Answer to(RolloutPhase phase) {
        return new Answer(phase, false);
    }

    private static void row(RolloutPhase phase, Answer... wanted) {
        Map<Move, Answer> row = new EnumMap<>(Move.class);
        for (Move move : Move.values()) {
            row.put(move, move.ordinal() < wanted.length ? wanted[move.ordinal()] : NOTHING);
        }
        TABLE.put(phase, row);
    }

    private static void itself(RolloutPhase phase, Answer... ofItself) {
        for (int i = 0; i < ofItself.length; i++) {
            TABLE.get(phase).put(Move.values()[Move.VERDICT.ordinal() + i], ofItself[i]);
        }
    }

    static Answer answer(RolloutPhase phase, Move move) {
        return TABLE.get(phase).get(move);
    }

    /** Whether the flag is in its hands. */
    static boolean isActive(RolloutPhase phase) {
        return phase == RUNNING || phase == PAUSED;
    }

    /** The table in Markdown, and a diagram of what leads from one phase to another. */
    static String markdown() {
        StringBuilder text = new StringBuilder("| phase |");
        for (Move move : Move.values()) {
            text.append(" `").append(EventType.wireName(move)).append("` |");
        }
        text.append("\n|---|").append("---|".repeat(Move.values().length)).append('\n');
        TABLE.forEach((phase, row) -> {
            text.append("| ").append(EventType.wireName(phase)).append(" |");
            row.values()
                    .forEach(answer -> text.append(' ').append(answer.label()).append(" |"));
            text.append('\n');
        });
        text.append("\n```mermaid\nstateDiagram-v2\n    [*] --> planned\n");
        TABLE.forEach((phase, row) -> diagram(phase, row, text));
        return text.append("```\n").toString();
    }

    private static void diagram(RolloutPhase phase, Map<Move, Answer> row, StringBuilder text) {
        Map<RolloutPhase, String> moves = new EnumMap<>(RolloutPhase.class);
        row.forEach((move, answer) -> {
            if (answer.applies()) {
                moves.merge(answer.next(), EventType.wireName(move), (some, more) -> some + ", " + more);
            }
        });
        moves.forEach((next, labels) -> text.append("    ")
                .append(EventType.wireName(phase))
                .append(" --> ")
                .append(EventType.wireName(next))
                .append(": ")
                .append(labels)
                .append('\n'));
    }
}
