package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallKeys;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers get for what they publish, through real topics, from an agent behind real HTTP. */
@Timeout(180)
class AgentsJobITCase {
    @TempDir
    static Path directory;

    private static final byte[] APPROVAL_KEY = "an approval key for tests, 32 bytes".getBytes(StandardCharsets.UTF_8);

    private static AgentsTestbed bed;
    private static AgentTopics topics;
    private static JobID job;

    @BeforeAll
    static void start() throws Exception {
        bed = AgentsTestbed.start(directory, 1, 4);
        topics = bed.topics("");
        Path approvalKey = Files.write(directory.resolve("approval.key"), APPROVAL_KEY);
        job = bed.cluster()
                .run(
                        2,
                        JobBed.definition(
                                AgentsJob.JOB,
                                topics.arguments(
                                        "--approval.key-file",
                                        approvalKey.toString(),
                                        "--tenants",
                                        AgentTopics.TENANT)));
        topics.registerHttp("echo", bed.agent(), "'retry':{'initial_ms':50}");
        topics.registerHttp("cached", bed.agent(), "'cache':{'ttl_seconds':600}");
    }

    @AfterAll
    static void stop() throws Exception {
        int restarts = bed.cluster().restarts(job);
        topics.close();
        bed.close();
        assertThat(restarts).isZero();
    }

    @Test
    void aCallIsAnswered() throws Exception {
        topics.call("echo", "k-echo", "'input':{'text':'hello'}", "'correlation_id':'c-1'");

        JsonNode result = topics.awaitResult("k-echo");

        assertThat(result.path("status").asText()).isEqualTo("OK");
        assertThat(result.path("output")).hasToString("{\"text\":\"hello\"}");
        assertThat(result.path("answered_by").asText()).isEqualTo("echo");
        assertThat(result.path("attempts").asInt()).isEqualTo(1);
        assertThat(result.path("cached").asBoolean(true)).isFalse();
        assertThat(result.path("correlation_id").asText()).isEqualTo("c-1");
    }

    @Test
    void aResultGoesWhereTheCallSays() throws Exception {
        topics.call("echo", "k-reply", "'reply_to':'" + topics.replies() + "'");

        topics.awaitResult("k-reply");

        assertThat(topics.probe().jsonOf(topics.replies()))
                .extracting(result -> result.path("call_key").asText())
                .containsExactly("k-reply");
    }

    @Test
    void aResultThatItsTopicDoesNotTakeGoesToTheDefaultTopic() throws Exception {
        String large = "'input':{'text':'" + "x".repeat(1_000) + "'}";
        topics.call("echo", "k-too-large", "'reply_to':'" + topics.smallReplies() + "'", large);
        topics.call("echo", "k-fits", "'reply_to':'" + topics.smallReplies() + "'", "'input':1");

        topics.awaitResult("k-too-large");
        topics.probe().await("the result that fits", () -> !topics.probe()
                .jsonOf(topics.smallReplies())
                .isEmpty());

        assertThat(topics.probe().jsonOf(topics.smallReplies()))
                .extracting(result -> result.path("call_key").asText())
                .containsExactly("k-fits");
        assertThat(topics.probe().jsonOf(topics.results()))
                .extracting(result -> result.path("call_key").asText())
                .contains("k-too-large");
    }

    @Test
    void aFlagSaysWhichVersionIsAskedAndItIsToldHowItWent() throws Exception {
        topics.registerHttp("poet-1", bed.agent());
        topics.registerHttp("poet-2", bed.agent());
        topics.register("poet", "{'kind':'flag','flag':'poet-version','otherwise':'poet-1'}");
        topics.call("poet", "k-no-flag", "'input':1");
        assertThat(topics.awaitResult("k-no-flag").path("agent").asText()).isEqualTo("poet-1");

        topics.flag(
                "poet-version",
                "{'state':'ENABLED','variants':{'one':'poet-1','two':'poet-2'},'defaultVariant':'two'}");
        int[] asked = new int[1];
        topics.await("the second version", () -> {
            String key = "k-poet-" + asked[0]++;
            topics.call("poet", key, "'input':1");
            return topics.awaitResult(key).path("agent").asText().equals("poet-2");
        });

        topics.await("news of it", () -> topics.probe().jsonOf(topics.signals()).stream()
                .anyMatch(signal -> signal.path("flag").asText().equals("poet-version")
                        && signal.path("variant").asText().equals("two")
                        && signal.path("source").asText().equals("agents")
                        && signal.path("errors").asInt(1) == 0));
    }

    @Test
    void whileAnAgentIsStoppedItsCallsWaitAndThenAreAnswered() throws Exception {
        topics.registerHttp("stopped", bed.agent());
        String only = "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off',"
                + "'targeting':{'if':[{'==':[{'var':'agent'},'stopped']},'on']}}";
        topics.flag("millrace-stop", only);
        int[] asked = new int[1];
        topics.await("an attempt that was stopped", () -> {
            topics.call("stopped", "k-stopped-" + asked[0]++, "'input':1", "'timeout_ms':120000");
            return topics.probe().jsonOf(topics.outcomes()).stream()
                    .anyMatch(outcome ->
                            outcome.path("error").path("code").asText().equals("stopped"));
        });

        topics.flag("millrace-stop", null);

        for (int i = 0; i < asked[0]; i++) {
            JsonNode result = topics.awaitResult("k-stopped-" + i);
            assertThat(result.path("status").asText()).isEqualTo("OK");
        }
    }

    @Test
    void whatFailsForTheMomentIsTriedAgain() throws Exception {
        topics.registerHttp("flaky", bed.agent(), "'retry':{'initial_ms':50,'max_attempts':3}");
        bed.agent().failNext(503, 500);
        topics.call("flaky", "k-flaky", "'input':1");

        JsonNode result = topics.awaitResult("k-flaky");

        assertThat(result.path("status").asText()).isEqualTo("OK");
        assertThat(result.path("attempts").asInt()).isEqualTo(3);
    }

    @Test
    void identicalCallsShareOneAnswer() throws Exception {
        topics.call("cached", "k-first", "'input':{'q':42}");
        topics.awaitResult("k-first");
        for (int i = 0; i < 20; i++) {
            topics.call("cached", "k-shared-" + i, "'input':{ 'q' : 42.0 }");
        }

        for (int i = 0; i < 20; i++) {
            JsonNode result = topics.awaitResult("k-shared-" + i);
            assertThat(result.path("cached").asBoolean()).isTrue();
            assertThat(result.path("output")).hasToString("{\"q\":42}");
            assertThat(result.path("cost_micros").asLong()).isZero();
        }
    }

    @Test
    void aFallbackAnswersForAnAgentThatIsGone() throws Exception {
        topics.register(
                "gone",
                "{'kind':'http','url':'http://localhost:1/'}",
                "'retry':{'max_attempts':1}",
                "'fallback':{'agents':['echo']}");
        topics.call("gone", "k-gone", "'input':[1]");

        JsonNode result = topics.awaitResult("k-gone");

        assertThat(result.path("status").asText()).isEqualTo("OK");
        assertThat(result.path("agent").asText()).isEqualTo("gone");
        assertThat(result.path("answered_by").asText()).isEqualTo("echo");
        assertThat(result.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedByName() throws Exception {
        topics.registerHttp("typed", bed.agent(), "'input_schema':{'type':'object','required':['text']}");
        topics.registerHttp("guarded", bed.agent(), "'risk':'APPROVAL_REQUIRED'");
        topics.call("typed", "k-typed", "'input':{'text':'fine'}");
        topics.awaitResult("k-typed");
        topics.call("nobody", "k-nobody", "'timeout_ms':60000");
        topics.call("typed", "k-untyped", "'input':7");
        topics.call("guarded", "k-guarded");
        topics.call("echo", "k-late", "'deadline':'" + Instant.now().minusSeconds(5) + "'");

        assertThat(error("k-untyped")).isEqualTo("REFUSED input_invalid");
        assertThat(error("k-guarded")).isEqualTo("REFUSED approval_required");
        assertThat(error("k-late")).isEqualTo("TIMED_OUT deadline_passed");
        assertThat(error("k-nobody")).isEqualTo("REFUSED unknown_agent");
    }

    @Test
    void anApprovalHoldsForTheDefinitionThatWasApproved() throws Exception {
        String guarded = "'risk':'APPROVAL_REQUIRED'";
        topics.registerHttp("deploy", bed.agent(), guarded);
        topics.call("deploy", "k-deploy");
        assertThat(error("k-deploy")).isEqualTo("REFUSED approval_required");
        String asItWas = digest("deploy", 1);
        topics.registerHttp("deploy", bed.agent(), guarded, "'timeout_ms':5000");
        String asItIs = digest("deploy", 2);

        topics.await("a refusal by the new definition", () -> {
            topics.call("deploy", "k-deploy", approval("deploy", "k-deploy", "none"));
            return topics.resultsOf("k-deploy").stream()
                    .anyMatch(result ->
                            result.path("error").path("message").asText().contains(asItIs));
        });
        topics.call("deploy", "k-deploy", approval("deploy", "k-deploy", asItWas), "'correlation_id':'was'");
        topics.call("deploy", "k-deploy", approval("deploy", "k-deploy", asItIs), "'correlation_id':'is'");
        topics.await("the answer", () -> statuses("k-deploy").contains("OK is"));

        assertThat(statuses("k-deploy")).contains("REFUSED was");
        assertThat(topics.resultsOf("k-deploy"))
                .extracting(result -> result.path("event_id").asText())
                .doesNotHaveDuplicates();
    }

    private static List<String> statuses(String key) {
        return topics.resultsOf(key).stream()
                .map(result -> result.path("status").asText() + " "
                        + result.path("correlation_id").asText())
                .toList();
    }

    /** Of the n-th definition of an agent. */
    private static String digest(String agent, int number) throws Exception {
        List<SourceRecord> definitions = new ArrayList<>();
        topics.await("the definition", () -> {
            definitions.clear();
            topics.probe().read(topics.registry()).stream()
                    .filter(record -> agent.equals(TopicProbe.key(record)))
                    .forEach(record -> definitions.add(new SourceRecord(
                            record.topic(), 0, record.offset(), 0, record.key(), record.value(), List.of())));
            return definitions.size() >= number;
        });
        return AgentRegistryReader.read(definitions.get(number - 1))
                .definition()
                .digest();
    }

    private static String approval(String agent, String key, String definition) {
        Instant expiresAt = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        String mac = ApprovalProof.with(APPROVAL_KEY)
                .mac(
                        CallKeys.idempotencyKey("default", key),
                        agent,
                        definition,
                        CanonicalJson.sha256("null".getBytes(StandardCharsets.UTF_8)),
                        "r",
                        "ada",
                        expiresAt.toEpochMilli());
        return "'approval':{'request_id':'r','approved_by':'ada','expires_at':'" + expiresAt + "','mac':'" + mac + "'}";
    }

    private static String error(String key) throws Exception {
        JsonNode result = topics.awaitResult(key);
        return result.path("status").asText() + " "
                + result.path("error").path("code").asText();
    }

    @Test
    void whatIsNoCallNoAgentOrNoOutcomeIsADeadLetter() throws Exception {
        topics.probe().publish(topics.calls(), "x", "no call at all".getBytes(StandardCharsets.UTF_8));
        topics.probe().publish(topics.outcomes(), "x", "no outcome at all".getBytes(StandardCharsets.UTF_8));
        topics.call("echo", "k-nowhere", "'reply_to':'" + topics.replies() + "-gone'");
        topics.call("echo", "k-forbidden", "'reply_to':'" + Topics.TASK_EVENTS + "'");
        topics.register("ring-a", "{'kind':'http','url':'http://localhost/'}", "'fallback':{'agents':['ring-b']}");
        topics.register("ring-b", "{'kind':'http','url':'http://localhost/'}", "'fallback':{'agents':['ring-a']}");
        topics.register("pigeon", "{'kind':'carrier-pigeon'}");
        topics.register("nowhere", "{'kind':'http'}");

        assertThat(topics.awaitDeadLetter(topics.calls(), "no call at all")).isEqualTo("not_json");
        assertThat(topics.awaitDeadLetter(topics.outcomes(), "no outcome at all"))
                .isEqualTo("not_json");
        assertThat(topics.awaitDeadLetter(topics.calls(), "k-nowhere")).isEqualTo("reply_topic_unknown");
        assertThat(topics.awaitDeadLetter(topics.calls(), "k-forbidden")).isEqualTo("reply_topic_not_allowed");
        assertThat(topics.awaitDeadLetter(topics.registry(), "'agent':'ring-b'".replace('\'', '"')))
                .isEqualTo("fallback_loop");
        assertThat(topics.awaitDeadLetter(topics.registry(), "carrier-pigeon")).isEqualTo("unknown_transport");
        assertThat(topics.awaitDeadLetter(topics.registry(), "'agent':'nowhere'".replace('\'', '"')))
                .isIn("invalid_value", "missing_field");
    }

    @Test
    void aBoundTenantIsWhoeverMayWriteItsTopic() throws Exception {
        String tenant = AgentTopics.TENANT;
        topics.callOn(topics.callsOf(tenant), tenant, "echo", "k-bound");
        topics.callOn(topics.calls(), tenant, "echo", "k-as-another");
        topics.callOn(topics.callsOf(tenant), "zeta", "echo", "k-for-another");

        assertThat(topics.awaitResult("k-bound").path("status").asText()).isEqualTo("OK");
        assertThat(topics.awaitDeadLetter(topics.calls(), "k-as-another")).isEqualTo("tenant_mismatch");
        assertThat(topics.awaitDeadLetter(topics.calls(), "k-for-another")).isEqualTo("tenant_mismatch");
    }

    @Test
    void manyCallsAreUnderWayAtOnceAndEachHasOneResult() throws Exception {
        topics.registerHttp("held", bed.agent(), "'timeout_ms':60000", "'retry':{'max_attempts':1}");
        bed.agent().hold();
        try {
            int before = bed.agent().callsInAll();
            for (int i = 0; i < 200; i++) {
                topics.call("held", "k-held-" + i, "'timeout_ms':60000");
            }
            topics.await("all calls under way", () -> bed.agent().callsInAll() - before == 200);
        } finally {
            bed.agent().letGo();
        }
        topics.await("all results", () -> IntStream.range(0, 200)
                .noneMatch(i -> topics.resultsOf("k-held-" + i).isEmpty()));
        assertThat(topics.probe().read(topics.results()).stream()
                        .filter(record -> TopicProbe.key(record).startsWith("k-held-")))
                .hasSize(200);
    }
}
