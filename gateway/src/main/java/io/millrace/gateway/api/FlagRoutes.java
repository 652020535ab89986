package io.millrace.gateway.api;

import static io.millrace.gateway.access.Role.PLATFORM;

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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The definitions of flags: as flagd syncs them by HTTP, and one by one. */
final class FlagRoutes {
    private static final String GROUP = "Flags";
    private static final Parameter<String> FLAG = Parameter.path("flag", "Its key.");

    private final Flags flags;
    private volatile Document document = new Document("", new byte[0]);

    /** All definitions, of a version. */
    private record Document(String tag, byte[] body) {}

    FlagRoutes(Flags flags) {
        this.flags = flags;
    }

    List<Route> all() {
        return List.of(
                Route.get("/v1/flags")
                        .named(
                                "listFlags",
                                GROUP,
                                "All definitions of flags, as flagd reads them. With If-None-Match, 304 when none changed.")
                        .forRoles(PLATFORM)
                        .answers(200, "By their keys; what is no flag is left out.", Answers.object("flags", "object"))
                        .by(this::list),
                Route.get("/v1/flags/{flag}")
                        .named("getFlag", GROUP, "The definition of a flag, as flagd knows it.")
                        .forRoles(PLATFORM)
                        .with(FLAG)
                        .answers(200, "The definition.", flag())
                        .by(this::get));
    }

    private static ObjectNode flag() {
        return Answers.object("state", "string", "variants", "object", "targeting", "object", "metadata", "object");
    }

    private Reply list(Call call) throws ProblemException {
        requireComplete(flags);
        EntityTag tag = new EntityTag(flags.version().tag());
        return tag.isKnownTo(call) ? tag.notModified() : tag.json(document(tag.value()));
    }

    /** Made once of each version, by whoever asks first. */
    private byte[] document(String tag) {
        Document known = document;
        if (known.tag().equals(tag)) {
            return known.body();
        }
        synchronized (this) {
            if (!document.tag().equals(tag)) {
                document = new Document(tag, write());
            }
            return document.body();
        }
    }

    private byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"flags\":{".getBytes(StandardCharsets.UTF_8));
        String between = "";
        for (ServedFlag flag : flags.all()) {
            if (flag.definition() != null) {
                String key = Json.mapper().getNodeFactory().textNode(flag.key()).toString();
                out.writeBytes((between + key + ":" + flag.definition()).getBytes(StandardCharsets.UTF_8));
                between = ",\n";
            }
        }
        out.writeBytes("}}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private Reply get(Call call) throws ProblemException {
        ServedFlag flag = flags.get(call.get(FLAG));
        if (flag == null) {
            requireComplete(flags);
            throw ProblemException.notFound("there is no such flag");
        }
        if (flag.definition() == null) {
            throw ProblemException.notFound("what stands on the topic is no flag: " + flag.problem());
        }
        return Reply.json(200, flag.definition());
    }

    /** @throws ProblemException while it is not known which there are */
    static void requireComplete(Flags flags) throws ProblemException {
        if (!flags.isComplete()) {
            throw ProblemException.later(503, "busy", "the flags have not all been read yet", 1);
        }
    }
}
