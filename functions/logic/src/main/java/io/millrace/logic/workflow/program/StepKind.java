package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds of steps that can be run: the one list of them. */
public enum StepKind {
    DO("do"),
    SET("set"),
    SWITCH("switch"),
    FOR("for", "while", "do"),
    FORK("fork"),
    TRY("try", "catch"),
    RAISE("raise"),
    WAIT("wait"),
    EMIT("emit"),
    LISTEN("listen"),
    RUN("run"),
    CALL("call", "with");

    /** What every step may have. */
    private static final Set<String> COMMON = Set.of("if", "input", "output", "export", "timeout", "then", "metadata");

    private final String keyword;
    private final Set<String> members;

    StepKind(String... members) {
        this.keyword = members[0];
        this.members = Set.of(members);
    }

    /** The member of a step by which it is known. */
    public String keyword() {
        return keyword;
    }

    /** Whether a step of this kind may have a member. */
    public boolean allows(String member) {
        return members.contains(member) || COMMON.contains(member);
    }

    /**
     * The kind of a step.
     *
     * @param pointer of the step
     * @throws InvalidDefinitionException when it is of none, or has what that kind has not
     */
    static StepKind of(String pointer, JsonNode task) throws InvalidDefinitionException {
        StepKind kind = null;
        for (StepKind each : values()) {
            // A loop has a do as well.
            if (task.has(each.keyword) && (kind == null || kind == DO)) {
                kind = each;
            }
        }
        if (kind == null) {
            List<String> keywords = new ArrayList<>();
            for (StepKind each : values()) {
                keywords.add(each.name().toLowerCase(Locale.ROOT));
            }
            throw new InvalidDefinitionException(
                    pointer, "says not what the step does: one of " + String.join(", ", keywords));
        }
        for (Iterator<String> names = task.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!kind.allows(name)) {
                throw new InvalidDefinitionException(
                        ProgramCompiler.child(pointer, name),
                        name + " is not supported in a step that has " + kind.keyword);
            }
        }
        return kind;
    }
}
