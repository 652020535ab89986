package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.PLATFORM;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.log.LetterReplay;
import io.millrace.gateway.log.LogPosition;
import io.millrace.gateway.model.LetterQueries;
import io.millrace.gateway.model.LetterTopics;
import io.millrace.gateway.openapi.EventForms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Dead letters: looked at, and put back after a fix. */
final class LetterRoutes {
    private static final String GROUP = "Dead letters";
    private static final int MOST = 200;
    private static final Parameter<String> LETTER =
            Parameter.path("id", "Where it is: topic:partition:offset of the dead letter.");
    private static final Parameter<String> TOPIC = Parameter.text("topic", 249, "On which topic of dead letters.");
    private static final Parameter<String> CODE = Parameter.text("code", 100, "Why: error_code.");

    private final LetterQueries letters;
    private final Function<List<LogPosition>, List<LetterReplay.Result>> replay;

    LetterRoutes(LetterQueries letters, Function<List<LogPosition>, List<LetterReplay.Result>> replay) {
        this.letters = letters;
        this.replay = replay;
    }

    List<Route> all() {
        ObjectNode results =
                Answers.pageOf(Answers.object("letter", "string", "position", "string", "problem", "string"));
        return List.of(
                Route.get("/v1/dead-letters")
                        .named(
                                "listDeadLetters",
                                GROUP,
                                "Dead letters, the latest first; 5,000 of each topic are kept.")
                        .forRoles(PLATFORM)
                        .with(TOPIC, CODE, Answers.LIMIT, Answers.CURSOR)
                        .answers(200, "Why and whence, without what they are of.", Answers.pageOf(summary()))
                        .by(this::list),
                Route.get("/v1/dead-letters/counts")
                        .named("countDeadLetters", GROUP, "How many there are, by topic and code.")
                        .forRoles(PLATFORM)
                        .answers(
                                200,
                                "Of those that are kept.",
                                Answers.pageOf(
                                        Answers.object("topic", "string", "code", "string", "letters", "integer")))
                        .by(call -> counts()),
                Route.post("/v1/dead-letters/replay")
                        .named(
                                "replayDeadLetters",
                                GROUP,
                                "Put the latest dead letters of a topic back, at most 200 at a time.")
                        .forRoles(PLATFORM)
                        .with(many())
                        .answers(200, "What became of each.", results)
                        .by(this::replayMany),
                Route.get("/v1/dead-letters/{id}")
                        .named("getDeadLetter", GROUP, "A dead letter, with the first 16 KiB of what it is of.")
                        .forRoles(PLATFORM)
                        .with(LETTER)
                        .answers(200, "The dead letter.", letter())
                        .by(call -> Answers.found(letters.find(place(call)), "dead letter")),
                Route.post("/v1/dead-letters/{id}/replay")
                        .named("replayDeadLetter", GROUP, "Put a dead letter back to the topic that it came from.")
                        .forRoles(PLATFORM)
                        .with(LETTER)
                        .answers(200, "What became of it.", results)
                        .by(this::replayOne));
    }

    private static ObjectNode summary() {
        return Answers.object(
                "id",
                "string",
                "topic",
                "string",
                "partition",
                "integer",
                "offset",
                "integer",
                "logged_at",
                "string",
                "error_code",
                "string",
                "error_message",
                "string",
                "source_topic",
                "string",
                "source_partition",
                "string",
                "source_offset",
                "string",
                "first_seen",
                "string",
                "truncated_from",
                "string",
                "bytes",
                "integer");
    }

    private static ObjectNode letter() {
        ObjectNode letter = summary();
        ObjectNode fields = (ObjectNode) letter.path("properties");
        for (String part : List.of("key", "value")) {
            fields.putObject(part).putArray("type").add("string").add("null");
            fields.putObject(part + "_base64").put("type", "string").put("description", "Where it is no text.");
        }
        fields.putObject("value_complete").put("type", "boolean");
        return letter;
    }

    private static Form many() {
        ObjectNode fields = Json.object();
        fields.putObject("topic").put("type", "string").put("description", "The topic of dead letters.");
        fields.putObject("code").put("type", "string").put("description", "Only those with this error_code.");
        return EventForms.of(fields, List.of("topic"), "{\"topic\":\"task-events-dlq\",\"code\":\"unknown_task\"}");
    }

    private Reply list(Call call) {
        return Answers.of(letters.list(call.get(TOPIC), call.get(CODE), Answers.page(call)));
    }

    private Reply counts() {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        letters.counts().forEach(count -> items.addObject()
                .put("topic", count.topic())
                .put("code", count.code())
                .put("letters", count.letters()));
        return Reply.json(200, body);
    }

    private static LetterQueries.Place place(Call call) throws ProblemException {
        LogPosition position = LogPosition.parse(call.get(LETTER));
        if (position == null || LetterTopics.sourceOf(position.topic()) == null) {
            throw ProblemException.notFound("there is no such dead letter");
        }
        return new LetterQueries.Place(position.topic(), position.partition(), position.offset());
    }

    private Reply replayOne(Call call) throws ProblemException {
        LetterQueries.Place place = place(call);
        Answers.found(letters.find(place), "dead letter");
        return answer(replay.apply(List.of(position(place))));
    }

    private Reply replayMany(Call call) throws ProblemException {
        List<LogPosition> oldestFirst = new ArrayList<>();
        letters.places(call.text("topic"), call.text("code"), MOST)
                .forEach(place -> oldestFirst.add(0, position(place)));
        return answer(oldestFirst.isEmpty() ? List.of() : replay.apply(oldestFirst));
    }

    private static LogPosition position(LetterQueries.Place place) {
        return new LogPosition(place.topic(), place.partition(), place.offset());
    }

    private static Reply answer(List<LetterReplay.Result> results) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        for (LetterReplay.Result result : results) {
            ObjectNode item = items.addObject().put("letter", result.letter().toString());
            if (result.to() != null) {
                item.put("position", result.to().toString());
            } else {
                item.put("problem", result.problem());
            }
        }
        return Reply.json(200, body);
    }
}
