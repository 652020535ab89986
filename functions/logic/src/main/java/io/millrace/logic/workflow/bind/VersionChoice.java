package io.millrace.logic.workflow.bind;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.flag.FlagContext;
import io.millrace.logic.flag.FlagResult;
import io.millrace.schema.event.Value;
import io.millrace.schema.rollout.Names;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowStart;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Which version of a workflow begins.
 *
 * @param definition null when it is not known
 * @param choice null unless a flag chose it
 */
public record VersionChoice(KnownDefinition definition, RunStarted.Choice choice) {
    /** Before the name of a workflow, the key of the flag that chooses its version. */
    private static final String PREFIX = "workflow.";

    /** Whether a flag of that key is one of these. */
    public static boolean isOne(String flag) {
        return flag.startsWith(PREFIX);
    }

    /**
     * The version that the start names; else the one that the flag names; else the highest.
     *
     * @param flags finds a flag by its key; null when there is none
     * @param at log time of the start, milliseconds since the epoch
     */
    public static VersionChoice of(
            WorkflowStart start, DefinitionBook book, Function<String, CompiledFlag> flags, long at) {
        String tenant = start.envelope().tenant();
        CompiledFlag flag = start.version() == null ? flags.apply(PREFIX + start.workflow()) : null;
        if (flag != null) {
            FlagResult result = flag.evaluate(context(start), Instant.ofEpochMilli(at));
            String version = result.value() == null ? null : result.value().textValue();
            // flagd allows any name of a variant; one that no signal can name is not chosen.
            boolean isOne = version != null && Value.isWorkflowVersion(version) && Names.isOne(result.variant());
            KnownDefinition chosen = isOne ? book.find(tenant, start.workflow(), version) : null;
            if (chosen != null) {
                return new VersionChoice(chosen, new RunStarted.Choice(flag.key(), result.variant()));
            }
        }
        return new VersionChoice(book.find(tenant, start.workflow(), start.version()), null);
    }

    /** All runs of a correlation have one version as long as the flag does not change. */
    private static FlagContext context(WorkflowStart start) {
        Map<String, String> context = new HashMap<>(start.attributes());
        String correlation = start.envelope().correlationId();
        context.put("targetingKey", correlation == null ? start.runId() : correlation);
        context.put("tenant", start.envelope().tenant());
        context.put("workflow", start.workflow());
        return FlagContext.ofTexts(context);
    }
}
