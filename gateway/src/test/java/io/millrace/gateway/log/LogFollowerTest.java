package io.millrace.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.gateway.TestRecords;
import io.millrace.gateway.model.ReadModel;
import io.millrace.gateway.model.RunQueries;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.TaskQueries;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    private static final Scope ANN = new Scope("acme", "ann");

    @TempDir
    Path directory;

    private final TestRecords records = new TestRecords();
    private final TestLog log = new TestLog();
    private ReadModel model;
    private LogFollower follower;

    @BeforeEach
    void open() throws Exception {
        model = ReadModel.open(directory);
        log.add(records.task("acme", "ann", "t", 1)).add(records.run("acme", "r", 1, "running", run -> {}));
    }

    @AfterEach
    void close() throws Exception {
        follower.close();
        model.close();
    }

    private void follow() {
        follower = new LogFollower(model, log::open);
        follower.start();
    }

    private boolean hasTask() {
        return new TaskQueries(model).find(ANN, "t") != null;
    }

    private boolean hasRun() {
        return new RunQueries(model).find(Scope.of("acme"), "r") != null;
    }

    @Test
    void nothingIsReadAgainAfterAStart() throws Exception {
        follow();
        Await.until(
                "the follower", () -> follower.lag().live() && follower.lag().records() == 0);
        assertThat(model.applied()).isEqualTo(2);
        follower.close();
        model.close();

        log.add(records.task("acme", "ann", "t", 2));
        model = ReadModel.open(directory);
        follow();
        Await.until(
                "the follower", () -> follower.lag().live() && follower.lag().records() == 0);

        assertThat(model.applied()).isEqualTo(1);
    }

    @Test
    void whatNobodyThoughtOfIsTriedAgain() throws Exception {
        log.failsOnceWith(new IllegalStateException("out of the blue"));
        follow();
        Await.until(
                "the follower", () -> String.valueOf(follower.lag().problem()).contains("following the log failed"));
        Await.until("the follower", () -> hasTask() && follower.lag().problem() == null);

        assertThat(follower.isAlive()).isTrue();
        assertThat(log.opened()).isEqualTo(2);
    }

    @Test
    void aTopicThatIsDeletedBeforeItsEndWasReachedKeepsNothingBack() throws Exception {
        log.silences(Topics.WORKFLOW_RUNS);
        follow();
        Await.until("the follower", this::hasTask);
        log.deletes(Topics.WORKFLOW_RUNS);

        Await.until(
                "the follower", () -> follower.lag().live() && follower.lag().problem() == null);
        assertThat(log.opened()).isEqualTo(1);
    }

    @Test
    void aPartitionWithoutALeaderIsAProblemAndTheOthersAreRead() throws Exception {
        log.silences(Topics.WORKFLOW_RUNS);
        follow();
        Await.until(
                "the follower",
                () -> hasTask()
                        && String.valueOf(follower.lag().problem()).contains("workflow-runs-0 does not answer"));

        assertThat(follower.lag().live()).isFalse();
        assertThat(follower.lag().byTopic()).containsOnlyKeys(Topics.TASK_UPDATES);
        assertThat(log.opened()).isEqualTo(1);
    }

    @Test
    void aModelThatCouldNotBeMadeAnewIsMadeAnewLater() throws Exception {
        Path obstacle = directory.resolve("model.db-journal").resolve("full");
        follow();
        Await.until("the follower", () -> hasTask() && hasRun());
        Files.createDirectories(obstacle);
        assertThatThrownBy(model::restart).isInstanceOf(IOException.class);
        Await.until(
                "the follower", () -> String.valueOf(follower.lag().problem()).contains("can't be made anew"));
        assertThat(follower.lag().live()).isFalse();

        Files.delete(obstacle);
        Files.delete(obstacle.getParent());

        Await.until("the follower", () -> !model.isBroken() && follower.lag().live());
        assertThat(hasTask() && hasRun()).isTrue();
    }
}
