package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.agent.CallKeys;
import io.millrace.testing.jobs.JobBed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call outlives those who make it: TaskManagers die, jobs are stopped, and each call has one result all the same. */
@Timeout(240)
class AgentsRecoveryITCase {
    @TempDir
    Path directory;

    private AgentsTestbed bed;

    @BeforeEach
    void start() throws Exception {
        bed = AgentsTestbed.start(directory, 2, 2);
    }

    @AfterEach
    void stop() throws Exception {
        bed.close();
    }

    @Test
    void aCallInFlightIsMadeAgainUnderTheSameKeyWhenItsTaskManagerDies() throws Exception {
        try (AgentTopics topics = bed.topics("died-")) {
            JobID job = bed.cluster().run(2, JobBed.definition(AgentsJob.JOB, topics.arguments()));
            topics.registerHttp("held", bed.agent(), "'timeout_ms':120000", "'retry':{'initial_ms':50}");
            bed.agent().hold();
            for (int i = 0; i < 50; i++) {
                topics.call("held", "k-" + i, "'input':" + i, "'timeout_ms':180000");
            }
            topics.await("all calls under way", () -> bed.agent().callsInAll() == 50);
            bed.cluster().awaitCheckpoint(job);

            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);
            topics.await("all calls made again", () -> IntStream.range(0, 50)
                    .allMatch(i -> bed.agent().calls(key("k-" + i)) >= 2));
            bed.agent().letGo();

            assertOneResultEach(topics);
            assertThat(bed.cluster().restarts(job)).isPositive();
            bed.cluster().cancel(job);
        }
    }

    private static String key(String callKey) {
        return CallKeys.idempotencyKey("default", callKey).toString();
    }

    private static void assertOneResultEach(AgentTopics topics) throws Exception {
        for (int i = 0; i < 50; i++) {
            topics.awaitResult("k-" + i);
            Set<String> ids = new HashSet<>();
            for (JsonNode result : topics.resultsOf("k-" + i)) {
                ids.add(result.path("event_id").asText());
                assertThat(result.path("status").asText()).isEqualTo("OK");
                assertThat(result.path("output").asInt()).isEqualTo(i);
            }
            assertThat(ids).hasSize(1);
        }
    }

    @Test
    void aCallInFlightOutlivesASavepointAndMoreParallelism() throws Exception {
        try (AgentTopics topics = bed.topics("rescaled-")) {
            JobID job = bed.cluster().run(1, JobBed.definition(AgentsJob.JOB, topics.arguments()));
            topics.registerHttp("held", bed.agent(), "'timeout_ms':120000", "'rate':{'concurrent':30}");
            bed.agent().hold();
            for (int i = 0; i < 50; i++) {
                topics.call("held", "k-" + i, "'input':" + i, "'timeout_ms':180000");
            }
            topics.await("as many under way as may be", () -> bed.agent().callsInAll() == 30);

            String savepoint = bed.cluster().stop(job);
            JobID resumed = bed.cluster().resume(2, JobBed.definition(AgentsJob.JOB, topics.arguments()), savepoint);
            topics.await("they are made again", () -> bed.agent().callsInAll() == 60);
            bed.agent().letGo();

            assertOneResultEach(topics);
            bed.cluster().cancel(resumed);
        }
    }

    @Test
    void aJobWithoutStateKnowsTheAgentsThatItsGroupHasReadBefore() throws Exception {
        try (AgentTopics topics = bed.topics("lost-")) {
            topics.registerHttp("echo", bed.agent());
            topics.await(
                    "the registration",
                    () -> !topics.probe().read(topics.registry()).isEmpty());
            topics.commitRegistry();

            JobID job = bed.cluster().run(2, JobBed.definition(AgentsJob.JOB, topics.arguments()));
            topics.call("echo", "k-1");

            assertThat(topics.awaitResult("k-1").path("status").asText()).isEqualTo("OK");
            bed.cluster().cancel(job);
        }
    }

    @Test
    void aDeadlineThatPassesWhileTheJobIsDownProducesAResult() throws Exception {
        try (AgentTopics topics = bed.topics("down-")) {
            JobID job = bed.cluster().run(2, JobBed.definition(AgentsJob.JOB, topics.arguments()));
            topics.registerHttp("held", bed.agent(), "'timeout_ms':60000");
            // The deadline is not to pass while the job starts.
            topics.call("held", "k-0");
            assertThat(topics.awaitResult("k-0").path("status").asText()).isEqualTo("OK");
            bed.agent().hold();
            topics.call("held", "k-1", "'timeout_ms':10000");
            topics.await("the call to be made", () -> bed.agent().callsInAll() == 2);
            String savepoint = bed.cluster().stop(job);
            long down = System.currentTimeMillis();
            topics.await("the deadline to pass", () -> System.currentTimeMillis() > down + 10_000);

            JobID resumed = bed.cluster().resume(2, JobBed.definition(AgentsJob.JOB, topics.arguments()), savepoint);

            JsonNode result = topics.awaitResult("k-1");
            assertThat(result.path("status").asText()).isEqualTo("TIMED_OUT");
            bed.cluster().cancel(resumed);
        }
    }
}
