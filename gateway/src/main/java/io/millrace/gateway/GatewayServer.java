package io.millrace.gateway;

import io.millrace.gateway.api.Api;
import io.millrace.gateway.http.Dispatcher;
import io.millrace.gateway.http.HttpEnd;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.Origins;
import io.millrace.gateway.http.RateLimit;
import io.millrace.gateway.http.Routes;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.KafkaClients;
import io.millrace.gateway.log.LetterReplay;
import io.millrace.gateway.log.LogFollower;
import io.millrace.gateway.model.ReadModel;
import io.millrace.gateway.stream.Streams;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that runs: the model, what tells it, and what answers. */
public final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int DENIALS_PER_SECOND = 2;
    private static final int DENIALS_AT_ONCE = 20;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Metrics metrics = new Metrics();
    private final Api api;
    private HttpEnd http;

    private GatewayServer(GatewaySettings settings) throws IOException {
        try {
            keep(DataDirectoryLock.take(settings.dataDirectory()));
            KafkaClients kafka = new KafkaClients(settings.bootstrapServers(), settings.kafkaProperties());
            ReadModel model = keep(ReadModel.open(settings.dataDirectory()));
            EventLog log = keep(new EventLog(kafka.producer()));
            LogFollower follower = keep(new LogFollower(model, kafka));
            Streams streams = keep(new Streams(model, settings.streams()));
            describe(model, log, follower, streams);
            api = new Api(new Api.Parts(
                    model,
                    log,
                    new LetterReplay(kafka, log)::putBack,
                    streams,
                    follower::lag,
                    follower::isAlive,
                    metrics,
                    settings.access(),
                    settings.hooks(),
                    new RateLimit(settings.requestsPerSecond(), settings.burst(), System::nanoTime),
                    settings.subscriptions(),
                    settings.maxLag(),
                    Clock.systemUTC(),
                    version()));
            http = keep(new HttpEnd(settings.address(), dispatcher(settings)));
            parts.push(streams::end);
            follower.start();
            http.start();
        } catch (KafkaException e) {
            close();
            throw new IOException(wrongSetting(settings) + ": " + innermost(e).getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        LOG.info(
                "The gateway listens on {}, {}",
                url(settings),
                settings.access().description());
    }

    /** Of what Kafka's clients are made. */
    private static String wrongSetting(GatewaySettings settings) {
        return Setting.KAFKA.key() + " " + settings.bootstrapServers()
                + (settings.kafkaProperties().isEmpty() ? "" : " or " + Setting.KAFKA_PROPERTIES.key());
    }

    private static Throwable innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private Dispatcher dispatcher(GatewaySettings settings) {
        return new Dispatcher(
                new Routes(api.routes()),
                settings.access(),
                new Origins(settings.hosts(), settings.origins()),
                new RateLimit(settings.requestsPerSecond(), settings.burst(), System::nanoTime),
                new RateLimit(DENIALS_PER_SECOND, DENIALS_AT_ONCE, System::nanoTime),
                metrics);
    }

    private void describe(ReadModel model, EventLog log, LogFollower follower, Streams streams) {
        metrics.figures(
                "gateway_model_lag_records",
                "gauge",
                "Records that the model has not read yet.",
                "topic",
                () -> follower.lag().byTopic());
        metrics.figure(
                "gateway_model_live",
                "gauge",
                "1 when the model has been at the end of the log.",
                () -> follower.lag().live() ? 1 : 0);
        metrics.figure("gateway_model_records_total", "counter", "Records that the model took in.", model::applied);
        metrics.figure(
                "gateway_model_skipped_total",
                "counter",
                "Records of which the model could make nothing.",
                model::skipped);
        metrics.figure("gateway_model_bytes", "gauge", "How large the model is on disk.", model::bytes);
        metrics.figure("gateway_events_written_total", "counter", "Events that Kafka acknowledged.", log::written);
        metrics.figure("gateway_flags", "gauge", "Flags that are served.", () -> model.flags()
                .all()
                .size());
        metrics.figure("gateway_flags_broken", "gauge", "Flags that can't be evaluated.", () -> model.flags()
                .broken());
        metrics.figure("gateway_streams", "gauge", "Who follows what changes.", streams::count);
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /**
     * Starts a gateway, and returns when it answers. The model may not be up to date yet: {@code /ready} tells.
     *
     * @throws IOException when the directory or the address can't be had, or Kafka's can't be read
     */
    public static GatewayServer start(GatewaySettings settings) throws IOException {
        return new GatewayServer(settings);
    }

    private static String version() {
        String version = GatewayServer.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    private String url(GatewaySettings settings) {
        return "http://" + settings.address().getHostString() + ":" + port();
    }

    Metrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("Closing goes on after: {}", e.toString());
            }
        }
    }
}
