package io.millrace.local.cli;

import io.millrace.auditor.AuditReport;
import io.millrace.auditor.CallAuditReport;
import io.millrace.local.demo.AgentTraffic;
import io.millrace.local.demo.CustomerTraffic;
import io.millrace.local.demo.DemoAudit;
import io.millrace.local.demo.LiveTraffic;
import io.millrace.local.demo.ReleaseTraffic;
import io.millrace.local.demo.SampleTraffic;
import io.millrace.local.demo.TopicWatch;
import io.millrace.local.demo.WorkflowTraffic;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Run the whole platform with the sample traffic of a small company's day.",
            "With --seconds it ends by itself with a summary, and with exit status 0 only when the auditor, which checks "
                    + "the topics, finds nothing lost, early, twice or wrong."
        })
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private PlatformArguments platform;

    @Option(names = "--seconds", paramLabel = "N", description = "End after that time; at least 10.")
    private Integer seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "30",
            description = "Events per second; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (seconds != null && seconds < 10) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 10, not " + seconds);
        }
        if (rate < 1) {
            throw new ParameterException(spec.commandLine(), "--rate must be at least 1, not " + rate);
        }
        if (!platform.names("tasks")) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs must name tasks, whose traffic this is; up runs any jobs without it");
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        try (PlatformRun run = PlatformRun.start(platform, terminal)) {
            run.shipped().ensure();
            run.shipped().ensureObjectives();
            return seconds == null ? untilStopped(run, terminal) : timed(run, terminal);
        }
    }

    private int untilStopped(PlatformRun run, Terminal terminal) {
        try (SampleTraffic traffic = SampleTraffic.start(run.kafka(), rate, Instant.MAX);
                LiveTraffic calls = calls(run);
                LiveTraffic runs = runs(run);
                LiveTraffic customers = customers(run);
                LiveTraffic releases = releases(run, terminal)) {
            run.show(Instant.MAX);
        }
        return 0;
    }

    private int timed(PlatformRun run, Terminal terminal) {
        Duration settle = Duration.ofSeconds(Math.max(3, Math.min(10, seconds / 4)));
        SampleTraffic traffic;
        Instant end;
        boolean stopped;
        // The seconds count from when everything that makes traffic is there.
        try (LiveTraffic calls = calls(run);
                LiveTraffic runs = runs(run);
                LiveTraffic customers = customers(run);
                LiveTraffic releases = releases(run, terminal)) {
            end = Instant.now().plusSeconds(seconds);
            traffic = SampleTraffic.start(run.kafka(), rate, end.minus(settle).plusSeconds(1));
            try (traffic) {
                stopped = run.show(end.minus(settle));
            }
        }
        if (stopped || run.show(end)) {
            terminal.println("interrupted before the end: not audited");
            return 1;
        }
        run.line().refresh();
        summary(run, traffic, terminal);
        Instant interrupted = run.platform().interruptedSince();
        AuditReport tasks = DemoAudit.tasks(run.kafka(), interrupted);
        CallAuditReport calls = run.runs("agents") ? DemoAudit.calls(run.kafka(), interrupted) : null;
        boolean clean = tasks.isClean() && (calls == null || calls.isClean());
        terminal.println(
                terminal.bold("Auditor") + "  " + (clean ? terminal.green("clean") : terminal.red("not clean")));
        tasks.toString().lines().forEach(line -> terminal.println("  " + line));
        if (calls != null) {
            calls.toString().lines().forEach(line -> terminal.println("  " + line));
        }
        LakeAnswers.show(run, terminal);
        return clean ? 0 : 1;
    }

    /** Null, which is closed as well, when nobody would answer. */
    private static LiveTraffic calls(PlatformRun run) {
        return run.runs("agents") ? AgentTraffic.start(run.kafka()) : null;
    }

    /** Null likewise. */
    private static LiveTraffic runs(PlatformRun run) {
        return run.runs("agents") && run.runs("workflows")
                ? WorkflowTraffic.start(run.kafka(), run.platform().home().resolve("docs/examples/workflows"))
                : null;
    }

    /** Null likewise. */
    private static LiveTraffic customers(PlatformRun run) {
        if (!run.runs("agents") || !run.runs("workflows") || !run.runs("conversations")) {
            return null;
        }
        run.shipped().ensureShop();
        return CustomerTraffic.start(run.kafka());
    }

    /** Null likewise. */
    private static LiveTraffic releases(PlatformRun run, Terminal terminal) {
        return run.runs("agents") && run.runs("rollout") ? ReleaseTraffic.start(run.kafka(), terminal::println) : null;
    }

    private void summary(PlatformRun run, SampleTraffic traffic, Terminal terminal) {
        TopicWatch.Numbers numbers = run.numbers();
        terminal.println(terminal.bold("Summary of " + seconds + " s"));
        new Table()
                .row(
                        "published",
                        Figures.count(traffic.published()) + " events, among them "
                                + Figures.count(traffic.duplicates()) + " sent twice and "
                                + Figures.count(traffic.bad()) + " bad")
                .row("task-updates", Figures.count(numbers.updates()))
                .row("reminders", Figures.count(numbers.reminders()) + lateness(numbers))
                .row("digests", Figures.count(numbers.digests()))
                .row(
                        "agent calls",
                        Figures.count(numbers.calls()) + ", " + Figures.count(numbers.answered())
                                + " answered, among them " + Figures.count(numbers.cached()) + " from the cache")
                .row(
                        "workflow runs",
                        Figures.count(numbers.runs()) + ", " + Figures.count(numbers.runsEnded()) + " ended")
                .row(
                        "conversations",
                        Figures.count(numbers.answers()) + " answers, " + Figures.count(numbers.handedOver())
                                + " handed over to a person")
                .row("dead letters", Figures.count(numbers.deadLetters()))
                .lines()
                .forEach(terminal::println);
    }

    private static String lateness(TopicWatch.Numbers numbers) {
        if (numbers.p50() == null) {
            return "";
        }
        return ", lateness at the broker p50 " + Figures.time(numbers.p50()) + ", p99 " + Figures.time(numbers.p99());
    }
}
