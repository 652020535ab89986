package io.millrace.gateway.model;

import static io.millrace.gateway.TestRecords.START;
import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.TestRecords;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadModelTest {
    private static final Scope ANN = new Scope("acme", "ann");
    private static final Scope ACME = Scope.of("acme");
    private static final PageRequest ALL = new PageRequest(null, 100);
    private static final RunQueries.Query ALL_RUNS = new RunQueries.Query(Set.of(), null, null, null);

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private ModelBed bed;

    @BeforeEach
    void open() throws Exception {
        bed = new ModelBed(directory);
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private TaskQueries tasks() {
        return new TaskQueries(bed.model());
    }

    @Test
    void ofViewsOfATaskTheOneWithTheHighestVersionCounts() throws Exception {
        bed.tell(log.task("acme", "ann", "t", 3, view -> view.put("title", "new")), log.task("acme", "ann", "t", 2));

        assertThat(json(tasks().find(ANN, "t")).path("title").asText()).isEqualTo("new");
    }

    @Test
    void ofTwoBeginningsOfATaskTheLaterOneCounts() throws Exception {
        bed.tell(log.task("acme", "ann", "t", 9), log.task("acme", "ann", "t", 1, view -> view.put("title", "again")
                .put("created_at", "2026-12-03T08:00:00Z")));

        assertThat(json(tasks().find(ANN, "t")).path("title").asText()).isEqualTo("again");
    }

    @Test
    void ofADeletedTaskNothingIsKeptButThatItIs() throws Exception {
        bed.tell(
                log.task("acme", "ann", "t", 1, view -> view.put("title", "secret")),
                log.deleted("acme", "ann", "t", 2));

        assertThat(tasks().find(ANN, "t")).isNull();
        assertThat(bed.dump().get("tasks"))
                .singleElement()
                .asString()
                .doesNotContain("secret")
                .contains("deleted");
    }

    @Test
    void aTaskThatIsNewAfterAStartTakesNothingOfADeletedOne() throws Exception {
        bed.tell(log.task("acme", "ann", "a", 1), log.deleted("acme", "ann", "b", 1))
                .reopen()
                .tell(log.task("acme", "ann", "c", 1), log.task("acme", "ann", "b", 2));

        assertThat(json(tasks().find(ANN, "c")).path("task_id").asText()).isEqualTo("c");
        assertThat(json(tasks().find(ANN, "b")).path("task_id").asText()).isEqualTo("b");
    }

    @Test
    void anOlderViewDoesNotBringADeletedTaskBack() throws Exception {
        bed.tell(log.deleted("acme", "ann", "t", 2), log.task("acme", "ann", "t", 1));

        assertThat(tasks().find(ANN, "t")).isNull();
    }

    @Test
    void aPersonsLatestRemindersAreKept() throws Exception {
        List<SourceRecord> sent = new ArrayList<>();
        for (int i = 0; i < ReminderFeed.KEPT + 30; i++) {
            sent.add(log.reminder("acme", "ann", "t-" + i, START.plusSeconds(i)));
        }
        bed.tell(sent).tell(log.reminder("acme", "bob", "his", START));

        Page page = tasks().reminders(ANN, new PageRequest(null, 1_000));
        assertThat(page.items()).hasSize(ReminderFeed.KEPT);
        assertThat(json(page.items().get(0)).path("task_id").asText()).isEqualTo("t-" + (ReminderFeed.KEPT + 29));
        assertThat(tasks().reminders(new Scope("acme", "bob"), ALL).items()).hasSize(1);
    }

    @Test
    void aTombstoneRemovesARunAndWhatItWaitsFor() throws Exception {
        bed.tell(
                log.waitingRun("acme", "r", 2, "q"),
                log.approval("acme", "r", "q"),
                log.tombstone(Topics.WORKFLOW_RUNS, "acme/r"));

        assertThat(new RunQueries(bed.model()).list(ACME, ALL_RUNS, ALL).items())
                .isEmpty();
        assertThat(new ApprovalQueries(bed.model())
                        .open(ACME, ApprovalQueries.Viewer.OF_ALL, ALL)
                        .items())
                .isEmpty();
    }

    @Test
    void runsAreFoundByStateWorkflowAndAttribute() throws Exception {
        bed.tell(
                log.run("acme", "a", 1, "failed", run -> run.putObject("attributes")
                        .put("customer", "x")),
                log.run("acme", "b", 1, "running", run -> run.put("workflow", "other")),
                log.run("beta", "c", 1, "failed", run -> run.putObject("attributes")
                        .put("customer", "x")));
        RunQueries runs = new RunQueries(bed.model());

        assertThat(ids(runs.list(ACME, new RunQueries.Query(Set.of("failed"), null, null, null), ALL), "run_id"))
                .containsExactly("a");
        assertThat(ids(runs.list(ACME, new RunQueries.Query(Set.of(), "other", null, null), ALL), "run_id"))
                .containsExactly("b");
        assertThat(ids(runs.list(ACME, new RunQueries.Query(Set.of(), null, "customer", "x"), ALL), "run_id"))
                .containsExactly("a");
        assertThat(ids(runs.list(ACME, new RunQueries.Query(Set.of(), null, "customer", "y"), ALL), "run_id"))
                .isEmpty();
    }

    @Test
    void aPageEndsWhereItIsLargeAndTheNextOneGoesOn() throws Exception {
        int count = 25;
        for (int i = 0; i < count; i++) {
            bed.tell(log.run("acme", "r-" + i, 1, "completed", run -> run.putObject("output")
                    .put("text", "x".repeat(200_000))));
        }
        RunQueries runs = new RunQueries(bed.model());

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page page = runs.list(ACME, ALL_RUNS, new PageRequest(cursor, 200));
            assertThat(page.items().stream().mapToInt(item -> item.length).sum())
                    .isLessThan(Select.MOST_BYTES + 300_000);
            seen.addAll(ids(page, "run_id"));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void anApprovalIsOpenWhileTheRunWaitsForItWhicheverComesFirst() throws Exception {
        ApprovalQueries approvals = new ApprovalQueries(bed.model());
        bed.tell(log.waitingRun("acme", "r", 2, "q"));
        assertThat(json(approvals
                                .open(ACME, ApprovalQueries.Viewer.OF_ALL, ALL)
                                .items()
                                .get(0))
                        .path("message")
                        .asText())
                .isEqualTo("Release r?");

        bed.tell(log.approval("acme", "r", "q", "ada"), log.decision("acme", "r", "q", "ada"));
        JsonNode view = json(approvals.find(ACME, ApprovalQueries.Viewer.OF_ALL, "q"));
        assertThat(view.path("open").asBoolean()).isTrue();
        assertThat(view.path("decisions")).hasSize(1);

        bed.tell(log.run("acme", "r", 3, "completed", run -> {}));
        assertThat(json(approvals.find(ACME, ApprovalQueries.Viewer.OF_ALL, "q"))
                        .path("open")
                        .asBoolean())
                .isFalse();
        assertThat(approvals.open(ACME, ApprovalQueries.Viewer.OF_ALL, ALL).items())
                .isEmpty();
    }

    @Test
    void whoMayNotDecideDoesNotSeeTheRequest() throws Exception {
        bed.tell(
                log.waitingRun("acme", "r1", 2, "named"),
                log.approval("acme", "r1", "named", "ada"),
                log.waitingRun("acme", "r2", 2, "anybody"),
                log.approval("acme", "r2", "anybody"));
        ApprovalQueries approvals = new ApprovalQueries(bed.model());

        assertThat(ids(approvals.open(ACME, new ApprovalQueries.Viewer("ada", false), ALL), "request_id"))
                .containsExactly("named");
        assertThat(ids(approvals.open(ACME, new ApprovalQueries.Viewer("ada", true), ALL), "request_id"))
                .containsExactlyInAnyOrder("named", "anybody");
        assertThat(ids(approvals.open(ACME, new ApprovalQueries.Viewer("eve", true), ALL), "request_id"))
                .containsExactly("anybody");
        assertThat(approvals.find(ACME, new ApprovalQueries.Viewer("eve", true), "named"))
                .isNull();
        assertThat(approvals.request(ACME, new ApprovalQueries.Viewer("eve", true), "named"))
                .isNull();
    }

    @Test
    void aRegistrationThatTheJobRefusedLeavesTheOneBeforeInForce() throws Exception {
        SourceRecord good = log.agent("echo", "1");
        SourceRecord bad = log.agent("echo", "2");
        PlatformQueries platform = new PlatformQueries(bed.model());
        bed.tell(good, bad);
        assertThat(json(platform.agent("echo")).path("version").asText()).isEqualTo("2");

        bed.tell(log.letter(
                Topics.AGENT_REGISTRY,
                TestRecords.example("agent.registered"),
                ErrorCode.INVALID_SCHEMA,
                "no",
                bad.offset()));
        assertThat(json(platform.agent("echo")).path("version").asText()).isEqualTo("1");
        assertThat(ids(platform.agents(ALL), "version")).containsExactly("1");

        bed.tell(log.tombstone(Topics.AGENT_REGISTRY, "echo"));
        assertThat(platform.agent("echo")).isNull();
        assertThat(platform.agents(ALL).items()).isEmpty();
    }

    @Test
    void whereAnAgentIsReachedIsNotShown() throws Exception {
        bed.tell(log.agent("echo", "1"));

        assertThat(new String(new PlatformQueries(bed.model()).agent("echo"), StandardCharsets.UTF_8))
                .doesNotContain("http://", "https://", "url");
    }

    @Test
    void theLatestStatusOfAGroupCounts() throws Exception {
        bed.tell(
                log.slo("billing", "orders", "stopped", "2026-12-02T07:02:00Z"),
                log.slo("billing", "orders", "ok", "2026-12-02T07:01:00Z"),
                log.slo("other", "orders", "ok", "2026-12-02T07:01:00Z"),
                log.tombstone(Topics.SLO_STATUS, "other/orders"));

        assertThat(ids(new PlatformQueries(bed.model()).slo(null, ALL), "verdict"))
                .containsExactly("stopped");
        assertThat(new PlatformQueries(bed.model()).slo("ok", ALL).items()).isEmpty();
    }

    @Test
    void theLatestDeadLettersOfATopicAreKeptUpToABoundOfEach() throws Exception {
        List<SourceRecord> letters = new ArrayList<>();
        for (int i = 0; i < LetterFeed.KEPT + 10; i++) {
            letters.add(log.letter(
                    Topics.TASK_EVENTS,
                    TestRecords.example("task.created"),
                    ErrorCode.UNKNOWN_TASK,
                    "no such task",
                    i));
        }
        bed.tell(letters)
                .tell(log.letter(
                        Topics.AGENT_CALLS,
                        TestRecords.JSON.createObjectNode().put("x", "y".repeat(LetterFeed.KEPT_BYTES)),
                        ErrorCode.TOO_DEEP,
                        "deep",
                        7));
        LetterQueries queries = new LetterQueries(bed.model());

        assertThat(queries.counts())
                .containsExactly(
                        new LetterQueries.Count("agent-calls-dlq", "too_deep", 1),
                        new LetterQueries.Count("task-events-dlq", "unknown_task", LetterFeed.KEPT));
        assertThat(queries.find(new LetterQueries.Place("task-events-dlq", 0, 9)))
                .isNull();
        JsonNode letter = json(queries.find(new LetterQueries.Place("agent-calls-dlq", 0, 0)));
        assertThat(letter.path("value_complete").asBoolean()).isFalse();
        assertThat(letter.path("value").asText()).hasSize(LetterFeed.KEPT_BYTES);
        assertThat(ids(queries.list("agent-calls-dlq", null, ALL), "source_offset"))
                .containsExactly("7");
        assertThat(queries.list(null, "unknown_task", new PageRequest(null, 3)).items())
                .hasSize(3);
        assertThat(queries.places("task-events-dlq", "unknown_task", 2)).hasSize(2);
    }

    @Test
    void whatCannotBeReadIsSkippedAndCounted() throws Exception {
        bed.tell(
                log.record(Topics.TASK_UPDATES, "ann", "{".getBytes(StandardCharsets.UTF_8), List.of()),
                log.tombstone(Topics.TASK_UPDATES, "ann"),
                log.record(Topics.CONVERSATION_UPDATES, "no key", null, List.of()),
                log.record(Topics.WORKFLOW_RUNS, "acme/r", new byte[] {0, 1, 2}, List.of()),
                log.task("acme", "ann", "t", 1));

        assertThat(bed.model().skipped()).isEqualTo(3);
        assertThat(tasks().find(ANN, "t")).isNotNull();
        assertThat(bed.model().progress().positions()).containsEntry(new LogPartition(Topics.TASK_UPDATES, 0), 3L);
    }

    @Test
    void aFileOfAnotherVersionIsThrownAway() throws Exception {
        bed.tell(log.task("acme", "ann", "t", 1));
        bed.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("model.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + (ModelFile.VERSION + 1));
        }
        bed = new ModelBed(directory);

        assertThat(bed.model().progress().positions()).isEmpty();
        assertThat(tasks().find(ANN, "t")).isNull();
    }

    @Test
    void aFileThatIsNoDatabaseIsThrownAway() throws Exception {
        bed.close();
        Files.delete(directory.resolve("model.db"));
        Files.writeString(directory.resolve("model.db"), "no database".repeat(1_000));
        bed = new ModelBed(directory);

        bed.tell(log.task("acme", "ann", "t", 1));
        assertThat(tasks().find(ANN, "t")).isNotNull();
    }

    /** Damages pages of the file. */
    private void damage(int first, int last) throws Exception {
        Path file = directory.resolve("model.db");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (first - 1) * 4096, Math.min(bytes.length, last * 4096), (byte) 0x5a);
        Files.write(file, bytes);
    }

    @Test
    void aFileWhoseDamageIsSeenWhenItIsReadIsThrownAway() throws Exception {
        bed.tell(log.task("acme", "ann", "t", 1));
        int page = bed.model()
                .ask(reader -> reader.first(
                        "SELECT rootpage FROM sqlite_master WHERE name = 'positions'", row -> row.getInt(1)));
        bed.close();
        damage(page, page);
        bed = new ModelBed(directory);

        assertThat(bed.model().progress().positions()).isEmpty();
        bed.tell(log.task("acme", "ann", "t", 1));
        assertThat(tasks().find(ANN, "t")).isNotNull();
    }

    @Test
    void aFileWhoseDamageAQuestionFindsIsToBeMadeAnew() throws Exception {
        bed.tell(log.task("acme", "ann", "t", 1));
        bed.reopen();
        assertThat(bed.model().isBroken()).isFalse();
        damage(2, 1_000);
        assertThatThrownBy(() -> tasks().find(ANN, "t")).isInstanceOf(ModelBusyException.class);
        assertThat(bed.model().isBroken()).isTrue();

        bed.model().restart();
        assertThat(bed.model().isBroken()).isFalse();
        assertThat(tasks().find(ANN, "t")).isNull();
    }

    @Test
    void aModelThatCannotBeMadeAnewIsBrokenUntilItCan() throws Exception {
        Path obstacle = directory.resolve("model.db-journal").resolve("full");
        Files.createDirectories(obstacle);
        assertThatThrownBy(() -> bed.model().restart()).isInstanceOf(IOException.class);
        assertThat(bed.model().isBroken()).isTrue();
        assertThatThrownBy(() -> tasks().find(ANN, "t")).isInstanceOf(ModelBusyException.class);

        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        bed.model().restart();
        assertThat(bed.model().isBroken()).isFalse();
        bed.tell(log.task("acme", "ann", "t", 1));
        assertThat(tasks().find(ANN, "t")).isNotNull();
    }

    @Test
    void aRecordWhoseChangeFailsKeepsNoneOfTheOthersBack() throws Exception {
        bed.close();
        List<Feed> feeds = new ArrayList<>(ReadModel.feeds());
        feeds.add(new FailingFeed());
        try (ReadModel model = ReadModel.open(directory, feeds)) {
            List<SourceRecord> records = List.of(
                    log.task("acme", "ann", "a", 1),
                    log.record("failing", "k", null, List.of()),
                    log.task("acme", "ann", "b", 1));
            model.apply(new Batch(records, Map.of(new LogPartition("failing", 0), 1L)));

            assertThat(model.skipped()).isEqualTo(1);
            assertThat(model.progress().positions()).containsEntry(new LogPartition("failing", 0), 1L);
            assertThat(new TaskQueries(model).find(ANN, "a")).isNotNull();
            assertThat(new TaskQueries(model).find(ANN, "b")).isNotNull();
        }
    }

    /** Of a topic of which each record fails when it is written. */
    private static final class FailingFeed implements Feed {
        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public boolean follows(String topic) {
            return topic.equals("failing");
        }

        @Override
        public Change read(SourceRecord record) {
            return model -> {
                throw new IllegalStateException("fails");
            };
        }
    }

    @Test
    void aTopicThatWasMadeAnewIsAnotherOne() throws Exception {
        assertThat(bed.model().isOf("task-updates", "one")).isTrue();
        assertThat(bed.model().isOf("task-updates", "one")).isTrue();
        assertThat(bed.model().isOf("task-updates", "other")).isFalse();

        bed.tell(log.task("acme", "ann", "t", 1));
        bed.model().restart();

        assertThat(bed.model().isOf("task-updates", "other")).isTrue();
        assertThat(tasks().find(ANN, "t")).isNull();
    }

    @Test
    void whoeverPublishedAnEventLearnsWhatCameOfIt() throws Exception {
        UUID accepted = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        bed.live();
        bed.tell(
                log.task("acme", "ann", "t", 1, view -> view.putObject("cause").put("event_id", accepted.toString())),
                log.letter(
                        Topics.TASK_EVENTS,
                        TestRecords.example("task.completed")
                                .put("event_id", refused.toString())
                                .put("tenant", "acme"),
                        ErrorCode.UNKNOWN_TASK,
                        "there is no such task",
                        4));

        assertThat(outcome("acme", accepted)).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcome("acme", refused)).isEqualTo(new Outcome("unknown_task", "there is no such task"));
        assertThat(outcome("beta", refused)).isNull();
        assertThat(tasks().isCause(ANN, accepted)).isTrue();
        assertThat(tasks().isCause(new Scope("acme", "bob"), accepted)).isFalse();
    }

    @Test
    void outcomesAreBoundedInSize() throws Exception {
        UUID wordy = UUID.randomUUID();
        UUID odd = UUID.randomUUID();
        String tenant = "t".repeat(201);
        bed.live();
        bed.tell(
                refusal(Topics.TASK_EVENTS, wordy, "acme", "m".repeat(50_000)),
                refusal(Topics.TASK_EVENTS, odd, tenant, "no"));

        assertThat(outcome("acme", wordy).message().length()).isLessThan(2_000);
        assertThat(outcome(tenant, odd)).isNull();
    }

    @Test
    void onlyLettersOfEventsAboutTasksSayWhatCameOfThem() throws Exception {
        UUID event = UUID.randomUUID();
        bed.live();
        bed.tell(refusal(Topics.AGENT_CALLS, event, "acme", "no"));

        assertThat(outcome("acme", event)).isNull();
    }

    private SourceRecord refusal(String topic, UUID event, String tenant, String message) {
        SourceRecord letter = log.letter(
                topic,
                TestRecords.example("task.completed")
                        .put("event_id", event.toString())
                        .put("tenant", tenant),
                ErrorCode.UNKNOWN_TASK,
                "no",
                4);
        List<RecordHeader> headers = new ArrayList<>(letter.headers());
        headers.add(new RecordHeader(WireHeaders.ERROR_MESSAGE, message.getBytes(StandardCharsets.UTF_8)));
        return new SourceRecord(
                letter.topic(), 0, letter.offset(), letter.timestamp(), letter.key(), letter.value(), headers);
    }

    @Test
    void onlyTopicsOfDeadLettersThatJobsWriteAreFollowed() {
        assertThat(List.of("task-events-dlq", "agent-registry-dlq", "reminders-dlq", "approval-decisions-dlq"))
                .allMatch(bed.model()::follows);
        assertThat(List.of("conversation-keys-dlq", "audit-anchors-dlq", "anything-dlq", "-dlq"))
                .noneMatch(bed.model()::follows);
    }

    private Outcome outcome(String tenant, UUID event) {
        return bed.model().progress().awaitOutcome(new EventRef(tenant, event), Duration.ZERO);
    }

    @Test
    void changesAreNotedFromTheEndOfTheLogOnAndEachInItsScope() throws Exception {
        bed.tell(log.task("acme", "ann", "early", 1)).live();
        bed.tell(
                log.task("acme", "ann", "t", 1),
                log.task("acme", "bob", "t", 1),
                log.task("beta", "ann", "t", 1),
                log.run("acme", "r", 1, "running", run -> {}));
        ChangeQueries changes = new ChangeQueries(bed.model());

        assertThat(changes.after(ANN, Set.of(Kind.TASKS), 0, 10))
                .extracting(ChangeQueries.Changed::id)
                .containsExactly("t");
        assertThat(changes.after(ANN, Set.of(Kind.TASKS, Kind.RUNS), 0, 10))
                .extracting(ChangeQueries.Changed::id)
                .containsExactly("t", "r");
        assertThat(changes.after(ACME, Set.of(Kind.TASKS), 0, 10)).isEmpty();
        assertThat(changes.reachesBackTo(0)).isTrue();
    }

    @Test
    void numbersOfChangesGoOnAfterAStart() throws Exception {
        bed.live().tell(log.task("acme", "ann", "t", 1));
        long before = bed.model().progress().lastChange();
        String epoch = bed.model().progress().epoch();
        bed.reopen().tell(log.task("acme", "ann", "t", 2));

        assertThat(bed.model().progress().lastChange()).isEqualTo(before + 1);
        assertThat(bed.model().progress().epoch()).isEqualTo(epoch);
    }

    @Test
    void aModelThatIsMadeAnewCountsItsChangesAnew() throws Exception {
        String epoch = bed.model().progress().epoch();
        bed.model().restart();

        assertThat(bed.model().progress().epoch()).isNotEqualTo(epoch);
    }

    static List<String> ids(Page page, String field) {
        return page.items().stream()
                .map(item -> json(item).path(field).asText())
                .toList();
    }

    @Test
    void aDirectoryThatWasThereStaysAsItIsAndItsFilesArePrivate() throws Exception {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(shared, open);
        try (ModelBed other = new ModelBed(shared)) {
            other.tell(log.task("acme", "ann", "t", 1));
            assertThat(Files.getPosixFilePermissions(shared)).isEqualTo(open);
            try (var files = Files.list(shared)) {
                assertThat(files.toList()).hasSizeGreaterThan(1).allSatisfy(file -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aDirectoryThatItMakesIsItsOwners() throws Exception {
        Path made = directory.resolve("made");
        new ModelBed(made).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void onlyItsOwnerMayReadTheDirectory() throws Exception {
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
        assertThat(bed.model().bytes()).isPositive();
    }
}
