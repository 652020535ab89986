package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.APPROVER;
import static io.millrace.gateway.access.Role.DESK;
import static io.millrace.gateway.access.Role.OPERATOR;
import static io.millrace.gateway.access.Role.PLATFORM;
import static io.millrace.gateway.access.Role.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.EntityTag;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.Flags;
import io.millrace.gateway.model.ServedFlag;
import io.millrace.gateway.stream.Streams;
import io.millrace.logic.flag.EvaluationBudget;
import io.millrace.logic.flag.FlagContext;
import io.millrace.logic.flag.FlagResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What flags are for whom: the OpenFeature Remote Evaluation Protocol (github.com/open-feature/protocol, 0.3.0). */
final class OfrepRoutes {
    private static final String GROUP = "Flags";
    private static final int MAX_BODY = 64 * 1024;
    /** Of all flags together: some tenths of a second. */
    private static final long MAX_STEPS = 5_000_000;

    private static final int MAX_ANSWER = 16 << 20;
    private static final int INACTIVITY_SECONDS = 120;
    private static final String STREAM = "/ofrep/v1/stream";
    private static final Parameter<String> KEY = Parameter.path("key", "The flag's key.");
    private static final Parameter<String> CHANGED_TAG = Parameter.text(
            "flagConfigEtag", 200, "Of the event of the stream for which it is asked; it is not needed here.");
    private static final Parameter<String> CHANGED_AT = Parameter.text(
            "flagConfigLastModified", 60, "Of the event of the stream for which it is asked; it is not needed here.");
    private static final Parameter<String> FROM = Parameter.text(
            "from",
            60,
            "The version of flags that is known, as the header Last-Event-ID; default: the one that there is.");

    private final Flags flags;
    private final Streams streams;
    private final Clock clock;

    OfrepRoutes(Flags flags, Streams streams, Clock clock) {
        this.flags = flags;
        this.streams = streams;
        this.clock = clock;
    }

    List<Route> all() {
        return List.of(
                Route.post("/ofrep/v1/evaluate/flags/{key}")
                        .named("evaluateFlag", GROUP, "Evaluate a flag for a context (OFREP).")
                        .forRoles(USER, APPROVER, DESK, OPERATOR, PLATFORM)
                        .with(KEY)
                        .with(body())
                        .onlyReads()
                        .answers(200, "Without a value, the caller's own default holds.", Evaluations.success())
                        .by(this::one),
                Route.post("/ofrep/v1/evaluate/flags")
                        .named(
                                "evaluateFlags",
                                GROUP,
                                "Evaluate all flags that are enabled for a context (OFREP). With If-None-Match, 304 when nothing"
                                        + " is different.")
                        .forRoles(USER, APPROVER, DESK, OPERATOR, PLATFORM)
                        .with(CHANGED_TAG, CHANGED_AT)
                        .with(body())
                        .onlyReads()
                        .answers(200, "What each is, or why it is nothing.", Evaluations.all())
                        .by(this::bulk),
                Route.get(STREAM)
                        .named(
                                "followFlags",
                                GROUP,
                                "Follow changes of flags, as server-sent events (OFREP): after refetchEvaluation, evaluate again.")
                        .forRoles(USER, APPROVER, DESK, OPERATOR, PLATFORM)
                        .with(FROM)
                        .answersText("Events, named message.", Reply.EVENTS)
                        .by(this::follow));
    }

    private static Route.Raw body() {
        ObjectNode example = Json.object();
        example.putObject("context").put("targetingKey", "user-123").put("plan", "premium");
        return new Route.Raw(MAX_BODY, Set.of(Reply.JSON), example);
    }

    private Reply one(Call call) throws ProblemException {
        String key = call.get(KEY);
        FlagContext context;
        try {
            context = Evaluations.context(call.body());
        } catch (Evaluations.BadContextException e) {
            return Reply.json(400, Evaluations.failure(key, e.code(), e.getMessage()));
        }
        ServedFlag flag = flags.get(key);
        if (flag == null) {
            FlagRoutes.requireComplete(flags);
            return Reply.json(404, Evaluations.failure(key, "FLAG_NOT_FOUND", "there is no flag \"" + key + "\""));
        }
        FlagResult result = flag.evaluate(context, clock.instant(), new EvaluationBudget());
        return Reply.json(result.error() == null ? 200 : 400, Evaluations.of(result));
    }

    private Reply bulk(Call call) throws ProblemException {
        FlagRoutes.requireComplete(flags);
        FlagContext context;
        try {
            context = Evaluations.context(call.body());
        } catch (Evaluations.BadContextException e) {
            return Reply.json(400, Evaluations.failure(null, e.code(), e.getMessage()));
        }
        String version = flags.version().tag();
        Instant now = clock.instant();
        long steps = 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes("{\"flags\":["));
        String between = "";
        for (ServedFlag flag : flags.all()) {
            if (!flag.isDisabled()) {
                EvaluationBudget work = new EvaluationBudget();
                FlagResult result = flag.evaluate(context, now, work);
                out.writeBytes(bytes(between + Evaluations.of(result)));
                between = ",\n";
                steps += work.spent();
                if (steps > MAX_STEPS || out.size() > MAX_ANSWER) {
                    return Reply.json(400, Evaluations.failure(null, "GENERAL", tooMuch(steps)));
                }
            }
        }
        out.writeBytes(bytes("],\n\"eventStreams\":[{\"type\":\"sse\",\"endpoint\":{\"requestUri\":\"" + STREAM
                + "?from=" + version + "\"},\"inactivityDelaySec\":" + INACTIVITY_SECONDS + "}]}"));
        EntityTag tag = EntityTag.of(out.toByteArray());
        return tag.isKnownTo(call) ? tag.notModified() : tag.json(out.toByteArray());
    }

    private static String tooMuch(long steps) {
        return (steps > MAX_STEPS
                        ? "all flags together take more than " + MAX_STEPS + " steps for this context"
                        : "the answer would have more than " + MAX_ANSWER + " bytes")
                + "; evaluate single flags";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Reply follow(Call call) throws ProblemException {
        String last = call.header("Last-Event-ID");
        return streams.openFlags(call.caller(), last == null ? call.get(FROM) : last);
    }
}
