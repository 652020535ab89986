package io.millrace.local.cli;

import io.millrace.local.demo.LiveLine;
import io.millrace.local.demo.ShippedParts;
import io.millrace.local.demo.TopicWatch;
import io.millrace.local.gateway.GatewayProcess;
import io.millrace.local.platform.BuildVersion;
import io.millrace.local.platform.LocalJob;
import io.millrace.local.platform.LocalJobs;
import io.millrace.local.platform.Platform;
import io.millrace.local.platform.PlatformException;
import io.millrace.local.platform.PlatformOptions;
import io.millrace.local.platform.Ports;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Starts the platform, shows how it is doing until it is time to stop, and stops it. */
final class PlatformRun implements AutoCloseable {

    private static final Duration REPAINT = Duration.ofMillis(500);

    private final PlatformOptions options;
    private final List<LocalJob> jobs;
    private final boolean quiet;
    private final int gatewayPort;
    private final Terminal terminal;
    private final StopSignal stop;
    private final Platform platform;
    private final KafkaConnection kafka;
    private final TopicWatch watch;
    private final LiveLine line;
    /** Null when there is none. */
    private final GatewayProcess gateway;

    private boolean saidFailure;
    private boolean saidGateway;

    private PlatformRun(
            PlatformOptions options,
            List<LocalJob> jobs,
            PlatformArguments arguments,
            Terminal terminal,
            StopSignal stop) {
        this.options = options;
        this.jobs = jobs;
        this.quiet = arguments.quiet();
        this.gatewayPort = arguments.gatewayPort();
        this.terminal = terminal;
        this.stop = stop;
        Instant start = Instant.now();
        this.platform = Platform.start(options, jobs, this::progress);
        try {
            this.kafka = KafkaConnection.to(platform.kafka());
            this.watch = TopicWatch.start(kafka);
            this.line = new LiveLine(watch, platform.flink(), platform::startedJobs);
            this.gateway = gateway();
            if (!quiet) {
                welcome(Duration.between(start, Instant.now()));
            }
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** Null when there is to be none, or can't be one: the platform is of use without it. */
    private GatewayProcess gateway() {
        if (gatewayPort == 0) {
            return null;
        }
        try {
            Ports.requireFree(gatewayPort, "the gateway", "--gateway-port");
            return GatewayProcess.start(options.home(), options.dataDirectory(), platform.kafka(), gatewayPort)
                    .orElse(null);
        } catch (PlatformException e) {
            terminal.println(terminal.red("no gateway") + "  " + e.getMessage());
            return null;
        }
    }

    /** Logging goes to a file in the data directory, so nothing may have logged before. */
    static PlatformRun start(PlatformArguments arguments, Terminal terminal) {
        PlatformOptions options = arguments.options();
        StopSignal stop = StopSignal.install();
        Path logs = options.logDirectory();
        System.setProperty("millrace.log.dir", logs.toString());
        System.setProperty("log4j2.configurationFile", "log4j2-platform.xml");
        BrokerEnd.announce(options.dataDirectory(), log(options), System.err);
        // What a thread of Kafka or Flink died of is for the log; what follows from it is told here.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) ->
                LoggerFactory.getLogger(PlatformRun.class).error("The thread {} has died", thread.getName(), e));
        List<LocalJob> jobs = arguments.jobs(LocalJobs.in(options.home()));
        return new PlatformRun(options, jobs, arguments, terminal, stop);
    }

    private static Path log(PlatformOptions options) {
        return options.dataDirectory().resolve("logs/millrace.log");
    }

    Platform platform() {
        return platform;
    }

    KafkaConnection kafka() {
        return kafka;
    }

    /** Whether the platform runs the job of that name. */
    boolean runs(String job) {
        return jobs.stream().anyMatch(running -> running.name().equals(job));
    }

    ShippedParts shipped() {
        return new ShippedParts(kafka, options.home(), this::runs);
    }

    TopicWatch.Numbers numbers() {
        return watch.numbers();
    }

    LiveLine line() {
        return line;
    }

    /** Shows the live line until {@code end}, or until someone asks to stop. @return whether that was asked */
    boolean show(Instant end) {
        PlainStatus plain = new PlainStatus(line.status(Instant.now()), Instant.now());
        while (Instant.now().isBefore(end)) {
            if (stop.await(REPAINT)) {
                return true;
            }
            if (!quiet) {
                Instant now = Instant.now();
                Optional<String> said = terminal.isInteractive()
                        ? Optional.of(line.status(now).text(now))
                        : plain.next(line.status(now), now);
                said.ifPresent(terminal::live);
            }
            sayFailure();
            sayGateway();
        }
        return stop.isReceived();
    }

    private void sayFailure() {
        Optional<String> failure = platform.laterFailure();
        if (failure.isPresent() && !saidFailure) {
            saidFailure = true;
            terminal.println(terminal.red("not started") + "  " + failure.get()
                    + "; the other jobs run. The log says more: " + log(options));
        }
    }

    private void sayGateway() {
        Optional<String> failure = gateway == null ? Optional.empty() : gateway.failure();
        if (failure.isPresent() && !saidGateway) {
            saidGateway = true;
            terminal.println(terminal.red("not running") + "  " + failure.get() + "; the platform goes on without it");
        }
    }

    private void progress(String what) {
        if (!quiet) {
            terminal.live(what + " …");
        }
    }

    private void welcome(Duration took) {
        terminal.println(terminal.bold("Millrace " + BuildVersion.current()) + " is up after "
                + took.toMillis() / 100 / 10.0 + " s; Ctrl-C stops it");
        boolean standard = options.kafkaPort() == PlatformOptions.DEFAULT_KAFKA_PORT;
        Table table = new Table().row("Kafka", platform.kafka());
        if (gateway != null) {
            String gatewayUrl = "http://localhost:" + gatewayPort;
            table.row("console", gatewayUrl).row("API", gatewayUrl + "/docs");
        }
        table.row("dashboard", platform.dashboard().toString())
                .row("metrics", platform.metrics().toString())
                .row("data", platform.dataDirectory().toString())
                .row("log", log(options).toString())
                .row("try", "./millrace tail reminders" + (standard ? "" : " --kafka " + platform.kafka()))
                .lines()
                .forEach(terminal::println);
    }

    @Override
    public void close() {
        if (!quiet) {
            terminal.live("stopping …");
        }
        if (gateway != null) {
            gateway.close();
        }
        watch.close();
        platform.close();
        if (!quiet) {
            terminal.println("stopped; the next start carries on from " + platform.dataDirectory());
        }
    }
}
