package io.millrace.operators.workflow;

import io.millrace.logic.workflow.Definitions;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The definitions that one subtask knows, as programs: those that were used last are kept ready. */
final class Programs implements Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final int READY = 200;

    private final BroadcastState<String, WorkflowDefined> texts;
    private final ProgramReader reader;
    private final Map<String, Program> ready = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
            return size() > READY;
        }
    };

    Programs(BroadcastState<String, WorkflowDefined> texts, ProgramReader reader) {
        this.texts = texts;
        this.reader = reader;
    }

    void put(WorkflowDefined defined) throws Exception {
        texts.put(key(defined.envelope().tenant(), defined.digest()), defined);
    }

    @Override
    public Program of(String tenant, String digest) {
        String key = key(tenant, digest);
        Program program = ready.get(key);
        if (program == null) {
            program = read(key);
            if (program != null) {
                ready.put(key, program);
            }
        }
        return program;
    }

    private Program read(String key) {
        try {
            WorkflowDefined defined = texts.get(key);
            return defined == null ? null : reader.read(defined);
        } catch (RejectedEventException e) {
            LOG.error("A defect: the definition {} can't be read any longer, its runs wait: {}", key, e.getMessage());
            return null;
        } catch (Exception e) {
            throw new IllegalStateException("the definitions can't be looked up", e);
        }
    }

    private static String key(String tenant, String digest) {
        return tenant + '/' + digest;
    }
}
