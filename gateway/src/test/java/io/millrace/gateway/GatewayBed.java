package io.millrace.gateway;

import io.millrace.gateway.access.Access;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Credentials;
import io.millrace.gateway.access.DeniedException;
import io.millrace.gateway.access.OpenAccess;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.access.TestAccess;
import io.millrace.gateway.api.Api;
import io.millrace.gateway.api.Subscription;
import io.millrace.gateway.hooks.Hooks;
import io.millrace.gateway.http.Dispatcher;
import io.millrace.gateway.http.HttpEnd;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.Origins;
import io.millrace.gateway.http.RateLimit;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.http.Routes;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.Lag;
import io.millrace.gateway.log.LetterReplay;
import io.millrace.gateway.log.LogPosition;
import io.millrace.gateway.model.ModelBed;
import io.millrace.gateway.stream.Streams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A gateway without Kafka: the model is told by the test, what is written is kept, and requests go over the network. Callers
 * are those that the test makes, by the names of their tokens.
 */
public final class GatewayBed implements AutoCloseable {
    /** Of senders whose secret is the variable TOKEN. */
    public static final String TOKEN = "0123456789abcdef-token";

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<LogPosition> replayed = new CopyOnWriteArrayList<>();
    private final ModelBed bed;
    private final Streams streams;
    private final Api api;
    private final HttpEnd http;
    private volatile Lag lag = new Lag(true, Map.of("task-updates", 0L), System.nanoTime(), null);
    private volatile boolean alive = true;

    /** Callers by their tokens. */
    private record Known(Map<String, Caller> callers) implements Access {
        @Override
        public Caller identify(Credentials credentials) throws DeniedException {
            String token = String.valueOf(credentials.authorization()).replace("Bearer ", "");
            if (!callers.containsKey(token)) {
                return TestAccess.deny();
            }
            return callers.get(token);
        }

        @Override
        public String description() {
            return "by the names of a test";
        }
    }

    private GatewayBed(Path directory, Access access, Origins origins, RateLimit rates) throws IOException {
        bed = new ModelBed(directory);
        streams = new Streams(bed.model(), 30);
        Metrics metrics = new Metrics();
        metrics.figure("gateway_streams", "gauge", "Who follows.", streams::count);
        api = new Api(new Api.Parts(
                bed.model(),
                new EventLog(producer),
                this::replay,
                streams,
                () -> lag,
                () -> alive,
                metrics,
                access,
                hooks(directory),
                rates,
                List.of(Subscription.parse("pubsub/orders")),
                100,
                Clock.systemUTC(),
                "1"));
        http = new HttpEnd(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Dispatcher(
                        new Routes(api.routes()),
                        access,
                        origins,
                        rates,
                        new RateLimit(1, 1_000, System::nanoTime),
                        metrics));
        http.start();
    }

    /** Those of {@code hooks.yaml} in the directory; else two that make tasks of titles. */
    private static Hooks hooks(Path directory) throws IOException {
        Path file = directory.resolve("hooks.yaml");
        if (!Files.exists(file)) {
            String source = "  - name: %s\n    tenant: acme\n    signature: {kind: bearer, secrets: [{env: TOKEN}]}\n"
                    + "    events: [{type: task.created, fields: {user_id: ann, title: '${ .title }'}}]\n";
            Files.writeString(file, "sources:\n" + source.formatted("x") + source.formatted("the-id"));
        }
        return Hooks.of(file, Api.typesOfHooks(), Map.of("TOKEN", TOKEN));
    }

    /** One that asks nobody who they are. */
    public static GatewayBed open(Path directory) throws IOException {
        return new GatewayBed(
                directory,
                new OpenAccess(),
                new Origins(Set.of(), Set.of()),
                new RateLimit(10_000, 10_000, System::nanoTime));
    }

    /** One that knows these callers. */
    public static GatewayBed of(Path directory, Caller... callers) throws IOException {
        return new GatewayBed(
                directory,
                new Known(Arrays.stream(callers).collect(Collectors.toMap(Caller::name, caller -> caller))),
                new Origins(Set.of(), Set.of("https://shop.example.com")),
                new RateLimit(10_000, 10_000, System::nanoTime));
    }

    /** One that takes few requests. */
    public static GatewayBed limited(Path directory, int burst) throws IOException {
        return new GatewayBed(
                directory, new OpenAccess(), new Origins(Set.of(), Set.of()), new RateLimit(1, burst, () -> 0));
    }

    public static Caller caller(String name, String tenant, String user, Role first, Role... more) {
        return new Caller(name, tenant, user, EnumSet.of(first, more));
    }

    private List<LetterReplay.Result> replay(List<LogPosition> letters) {
        replayed.addAll(letters);
        return letters.stream()
                .map(letter -> new LetterReplay.Result(letter, new LogPosition("task-events", 0, 7), null))
                .toList();
    }

    public List<LogPosition> replayed() {
        return replayed;
    }

    public ModelBed model() {
        return bed;
    }

    public Api api() {
        return api;
    }

    public Streams streams() {
        return streams;
    }

    public void lag(Lag now) {
        lag = now;
    }

    public void dies() {
        alive = false;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + http.port() + path);
    }

    /** What was written to the log. */
    public List<ProducerRecord<byte[], byte[]>> written() {
        return new ArrayList<>(producer.history());
    }

    public void kafkaFails(RuntimeException failure) {
        producer.sendException = failure;
    }

    /** Sends a request; {@code token} and {@code body} null for none. */
    public HttpResponse<String> send(String token, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String token, String path, String... headers) throws Exception {
        return send(token, "GET", path, null, headers);
    }

    public HttpResponse<String> post(String token, String path, String body) throws Exception {
        return send(token, "POST", path, body);
    }

    /** A body that the route takes; null when it takes none. */
    public static String exampleFor(Route route) {
        if (route.raw() != null) {
            return route.raw().example().toString();
        }
        return route.form() == null ? null : route.form().example().toString();
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        streams.close();
        http.close();
        bed.close();
    }
}
