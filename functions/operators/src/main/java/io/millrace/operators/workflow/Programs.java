package io.millrace.operators.workflow;

import io.millrace.logic.workflow.Definitions;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The definitions that one subtask knows, as programs: those that were used last are kept ready. */
final class Programs implements Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final int READY = 200;
    /** Of the texts of those that are ready, in characters: a program may take thirty times as many bytes. */
    private static final long READY_CHARACTERS = 4L << 20;

    private final BroadcastState<String, WorkflowDefined> texts;
    private final ProgramReader reader;
    /** The one that was used last is the last. */
    private final Map<String, Ready> ready = new LinkedHashMap<>(16, 0.75f, true);

    private long characters;

    private record Ready(Program program, int characters) {}

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
        Ready known = ready.get(key);
        if (known == null) {
            known = read(key);
            if (known == null) {
                return null;
            }
            keep(key, known);
        }
        return known.program();
    }

    private void keep(String key, Ready program) {
        ready.put(key, program);
        characters += program.characters();
        Iterator<Ready> eldest = ready.values().iterator();
        while (ready.size() > 1 && (ready.size() > READY || characters > READY_CHARACTERS)) {
            characters -= eldest.next().characters();
            eldest.remove();
        }
    }

    private Ready read(String key) {
        try {
            WorkflowDefined defined = texts.get(key);
            return defined == null
                    ? null
                    : new Ready(reader.read(defined), defined.text().length());
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
