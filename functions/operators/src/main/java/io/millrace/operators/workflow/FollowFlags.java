package io.millrace.operators.workflow;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.bind.VersionChoice;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** The flags that choose versions of workflows. What is no flag is the rollout job's to reject. */
public final class FollowFlags extends ProcessFunction<SourceRecord, BindingFact> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(SourceRecord source, Context context, Collector<BindingFact> out) {
        try {
            // Most flags are of something else, and a definition takes long to compile.
            if (VersionChoice.isOne(FlagSeen.key(source))) {
                out.collect(EventReader.read(FollowFlags::read, source));
            }
        } catch (RejectedEventException e) {
            return;
        }
    }

    private static BindingFact read(SourceRecord source) throws RejectedEventException {
        String key = FlagSeen.key(source);
        if (source.value() == null) {
            return BindingFact.ofFlag(key, null);
        }
        String definition = new String(source.value(), StandardCharsets.UTF_8);
        CompiledFlag.compile(key, definition);
        return BindingFact.ofFlag(key, definition);
    }
}
