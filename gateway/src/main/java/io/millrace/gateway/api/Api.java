package io.millrace.gateway.api;

import io.millrace.gateway.access.Access;
import io.millrace.gateway.hooks.Hooks;
import io.millrace.gateway.http.Metrics;
import io.millrace.gateway.http.RateLimit;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.Lag;
import io.millrace.gateway.log.LetterReplay;
import io.millrace.gateway.log.LogPosition;
import io.millrace.gateway.mcp.McpRoutes;
import io.millrace.gateway.model.ApprovalQueries;
import io.millrace.gateway.model.ConversationQueries;
import io.millrace.gateway.model.LetterQueries;
import io.millrace.gateway.model.NotificationQueries;
import io.millrace.gateway.model.PlatformQueries;
import io.millrace.gateway.model.ReadModel;
import io.millrace.gateway.model.RunQueries;
import io.millrace.gateway.model.StepQueries;
import io.millrace.gateway.model.TaskQueries;
import io.millrace.gateway.model.WorkflowQueries;
import io.millrace.gateway.openapi.EventSchemas;
import io.millrace.gateway.openapi.OpenApiDocument;
import io.millrace.gateway.stream.Streams;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** All that can be asked of the gateway. */
public final class Api {
    private final List<Route> routes = new ArrayList<>();
    private final EventSchemas schemas = new EventSchemas();
    /** OpenAPI 3.1: long, and the same for all who ask. */
    private final byte[] document;

    /**
     * What the routes stand on.
     *
     * @param lag how far behind the model is
     * @param alive whether the model is still told what comes
     * @param hooks senders that know nothing of us
     * @param hookRates how many deliveries they may send
     * @param subscriptions of Dapr sidecars
     * @param maxLag records that it may be behind and still be ready
     */
    public record Parts(
            ReadModel model,
            EventLog log,
            Function<List<LogPosition>, List<LetterReplay.Result>> replay,
            Streams streams,
            Supplier<Lag> lag,
            BooleanSupplier alive,
            Metrics metrics,
            Access access,
            Hooks hooks,
            RateLimit hookRates,
            List<Subscription> subscriptions,
            long maxLag,
            Clock clock,
            String version) {}

    public Api(Parts parts) {
        ReadModel model = parts.model();
        TaskQueries tasks = new TaskQueries(model);
        EventMaker maker = new EventMaker(parts.clock());
        Safety safety = new Safety(model.flags(), parts.clock());
        Events events = new Events(parts.log(), maker);
        Waits waits = new Waits(model, tasks);
        add(safety, new TaskRoutes(tasks, events, waits, schemas).all());
        add(safety, new NotificationRoutes(new NotificationQueries(model), events, waits, schemas).all());
        add(safety, new RunRoutes(new RunQueries(model), events, waits, schemas).all());
        WorkflowQueries workflows = new WorkflowQueries(model);
        add(safety, new WorkflowRoutes(workflows).all());
        add(safety, new StepRoutes(new StepQueries(model), new RunQueries(model), workflows, waits).all());
        add(safety, new ApprovalRoutes(new ApprovalQueries(model), events, waits, schemas).all());
        add(safety, new ConversationRoutes(new ConversationQueries(model), events, waits, schemas).all());
        add(safety, new PlatformRoutes(new PlatformQueries(model), schemas).all());
        // Whoever is told that it is over asks these.
        routes.addAll(new FlagRoutes(model.flags()).all());
        routes.addAll(new OfrepRoutes(model.flags(), parts.streams(), parts.clock()).all());
        add(safety, new LetterRoutes(new LetterQueries(model), parts.replay()).all());
        CloudEventRoutes cloudEvents = new CloudEventRoutes(maker, parts.log());
        add(safety, cloudEvents.all());
        add(safety, new DaprRoutes(cloudEvents, parts.subscriptions()).all());
        add(
                safety,
                new HookRoutes(parts.hooks(), maker, parts.log(), parts.hookRates(), parts.metrics(), parts.clock())
                        .all());
        add(safety, new StreamRoutes(parts.streams()).all());
        routes.addAll(
                new OperationRoutes(parts.lag(), parts.alive(), parts.metrics(), parts.access(), parts.maxLag()).all());
        add(safety, new McpRoutes(routes, schemas, workflows, parts.metrics(), parts.version()).all());
        routes.addAll(new ConsoleRoutes().all());
        routes.addAll(new DocumentRoutes(this::document).all());
        document =
                OpenApiDocument.of(routes, schemas, parts.version()).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Those that are not asked while a flag says that they are not to be. */
    private void add(Safety safety, List<Route> guarded) {
        guarded.forEach(route -> routes.add(safety.guard(route)));
    }

    /** The types of events that senders may send. */
    public static Set<String> typesOfHooks() {
        return Inbound.types();
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private byte[] document() {
        return document;
    }
}
