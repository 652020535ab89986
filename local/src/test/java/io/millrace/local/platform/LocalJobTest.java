package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.operations.kafka.TopicSpec;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalJobTest {
    private static final String DESCRIPTOR =
            """
            {"name": "agents", "main": "some.Main", "group": "millrace-agents", "inputs": ["agent-calls"],
             "topics": [
               {"name": "agent-calls", "partitions": 3, "dead_letters": false, "settings": {"retention.ms": "7"}, "each": "tenants"},
               {"name": "agent-calls-dlq", "partitions": 0, "dead_letters": true, "settings": {}}],
             "local_settings": {}}""";

    @Test
    void aTopicOfEachIsLikeTheOneThatAllShare() throws IOException {
        LocalJob job = LocalJob.described(new ObjectMapper().readTree(DESCRIPTOR), null);

        assertThat(job.topics(Map.of("MILLRACE_AGENTS_TENANTS", "acme; zeta;; no good")))
                .extracting(TopicSpec::name)
                .containsExactly("agent-calls", "agent-calls-dlq", "acme.agent-calls", "zeta.agent-calls");
        assertThat(job.topics(Map.of("MILLRACE_AGENTS_TENANTS", "acme")).get(2))
                .isEqualTo(job.topics().get(0).named("acme.agent-calls"));
        assertThat(job.topics(Map.of())).isEqualTo(job.topics());
    }
}
