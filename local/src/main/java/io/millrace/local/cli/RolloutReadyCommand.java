package io.millrace.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.rollout.CheckRun;
import io.millrace.local.rollout.Rollouts;
import io.millrace.local.rollout.StartChecks;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.logic.rollout.Readiness;
import io.millrace.logic.rollout.Readiness.Answer;
import io.millrace.logic.rollout.Readiness.Verdict;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.wire.RejectedEventException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "ready",
        description = {
            "Ask whether a roll-out may begin: go, or no go. Exit status 1 when one thing speaks against it, or is not known.",
            "Nothing is begun; ./millrace rollout ready NAME && ./millrace rollout start NAME does that."
        })
final class RolloutReadyCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Verdict, String> WORDS =
            Map.of(Verdict.GO, "go", Verdict.NO_GO, "NO GO", Verdict.UNKNOWN, "unknown");

    @Parameters(paramLabel = "NAME", description = "Of the roll-out.")
    private String name;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            split = ",",
            description = "Consumer groups that have to keep up; default: all.")
    private List<String> groups = List.of();

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "Ask there whether alerts fire, such as http://localhost:9090.")
    private URI prometheus;

    @Option(
            names = "--run",
            paramLabel = "CHECK=COMMAND",
            description = "A check of your own, by the shell, such as tests='mvn -q test'; it speaks against it when it"
                    + " ends with another status than 0.")
    private Map<String, String> runs = new LinkedHashMap<>();

    @Option(
            names = "--run-limit",
            paramLabel = "MINUTES",
            defaultValue = "30",
            description = "For how long each of them may run; default: ${DEFAULT-VALUE}.")
    private int runLimit;

    @Option(names = "--without", paramLabel = "CHECK", split = ",", description = "Do not ask this.")
    private List<String> without = List.of();

    @Option(names = "--json", description = "Print the answers as JSON.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (prometheus != null) {
            PrometheusAddress.require(spec, prometheus);
        }
        if (runLimit < 1) {
            throw new ParameterException(spec.commandLine(), "--run-limit: must be at least 1");
        }
        requireAsked();
        if (!runs.isEmpty()) {
            defined(kafka.connect());
        }
        List<Answer> own = new ArrayList<>();
        for (Map.Entry<String, String> run : runs.entrySet()) {
            if (!without.contains(run.getKey())) {
                // What it prints is for people, and standard output for the answers.
                own.add(CheckRun.run(run.getKey(), run.getValue(), System.err, Duration.ofMinutes(runLimit)));
            }
        }
        // Those may take long, and all else be otherwise then.
        List<Answer> answers = known();
        answers.removeIf(answer -> without.contains(answer.check()));
        answers.addAll(own);
        List<Answer> against = answers.stream()
                .filter(answer -> answer.verdict() != Verdict.GO)
                .toList();
        if (json) {
            print(answers, against.isEmpty());
        } else {
            show(answers, against);
        }
        return against.isEmpty() ? 0 : 1;
    }

    /** What can be known without running anything. */
    private List<Answer> known() throws InterruptedException {
        KafkaConnection connection = kafka.connect();
        RolloutDefined defined = defined(connection);
        Instant now = Instant.now();
        List<Answer> answers = new ArrayList<>();
        try {
            answers.addAll(StartChecks.ofRollout(connection, defined, now));
        } catch (RejectedEventException e) {
            throw new CommandFailure(name + ": " + e.getMessage(), e);
        }
        answers.add(StartChecks.ofSafety(connection));
        answers.addAll(StartChecks.ofGroups(connection, groups, now));
        if (prometheus != null) {
            answers.add(StartChecks.ofPrometheus(prometheus));
        }
        return answers;
    }

    private RolloutDefined defined(KafkaConnection connection) {
        return Rollouts.definition(connection, name)
                .orElseThrow(() -> new CommandFailure(
                        "there is no roll-out '" + name + "'; ./millrace rollout apply FILE defines it"));
    }

    private void requireAsked() {
        List<String> asked = new ArrayList<>(Readiness.CHECKS);
        asked.addAll(StartChecks.CHECKS);
        asked.addAll(runs.keySet());
        for (String each : without) {
            if (!asked.contains(each)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--without: nothing asks '" + each + "'; there are: " + String.join(", ", asked));
            }
        }
    }

    private void print(List<Answer> answers, boolean go) {
        ObjectNode all = JSON.createObjectNode().put("rollout", name).put("go", go);
        for (Answer answer : answers) {
            all.withArrayProperty("checks")
                    .addObject()
                    .put("check", answer.check())
                    .put("verdict", EventType.wireName(answer.verdict()))
                    .put("detail", answer.detail());
        }
        System.out.println(all);
    }

    private static void show(List<Answer> answers, List<Answer> against) {
        Terminal terminal = Terminal.ofProcess(System.out);
        Table table = new Table();
        answers.forEach(answer -> table.row(answer.check(), WORDS.get(answer.verdict()), answer.detail()));
        table.lines().forEach(terminal::println);
        terminal.println(
                against.isEmpty()
                        ? terminal.green("go")
                        : terminal.red(
                                "no go: " + against.stream().map(Answer::check).collect(Collectors.joining(", "))));
    }
}
