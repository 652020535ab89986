package io.millrace.gateway;

import io.millrace.gateway.api.Api;
import io.millrace.gateway.api.DeliveredEvents;
import io.millrace.gateway.hooks.HookRequest;
import io.millrace.gateway.hooks.HookSource;
import io.millrace.gateway.hooks.Hooks;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what a body would come to by a file of senders. Needs no platform, and no secrets. */
final class HookTrial {
    static final String USAGE =
            "gateway hooks FILE --source NAME --body FILE [--header 'NAME: VALUE']… [--query NAME=VALUE]…";

    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, List<String>> query = new HashMap<>();
    private Path file;
    private String source;
    private Path body;

    private HookTrial() {}

    /**
     * @param arguments as {@link #USAGE} has them after {@code hooks}
     * @return the exit status: 0 when it comes to events, or none; 1 when something is wrong with file or body; 2 for wrong
     *     usage
     */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        HookTrial trial = new HookTrial();
        if (!trial.read(arguments)) {
            err.println("usage: " + USAGE);
            return 2;
        }
        try {
            out.println(trial.events());
            return 0;
        } catch (IOException | ProblemException | IllegalArgumentException e) {
            err.println("gateway: " + e.getMessage());
            return 1;
        }
    }

    private boolean read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--") && file == null) {
                file = Path.of(arguments[i]);
            } else if (i + 1 == arguments.length || !option(arguments[i], arguments[++i])) {
                return false;
            }
        }
        return file != null && source != null && body != null;
    }

    private boolean option(String name, String value) {
        switch (name) {
            case "--source" -> source = value;
            case "--body" -> body = Path.of(value);
            case "--header" -> {
                String[] header = value.split(":", 2);
                headers.put(header[0].strip().toLowerCase(Locale.ROOT), header.length < 2 ? "" : header[1].strip());
            }
            case "--query" -> {
                String[] pair = value.split("=", 2);
                query.computeIfAbsent(pair[0], none -> new ArrayList<>()).add(pair.length < 2 ? "" : pair[1]);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private String events() throws IOException, ProblemException {
        Map<String, HookSource> sources = Hooks.tried(file, Api.typesOfHooks());
        HookSource found = sources.get(source);
        if (found == null) {
            throw new IllegalArgumentException("there is no source " + source + " in " + file + "; there are "
                    + String.join(", ", sources.keySet()));
        }
        HookRequest request = new HookRequest(
                headers, query, Files.readAllBytes(body), Clock.systemUTC().millis());
        return Json.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new DeliveredEvents(Clock.systemUTC())
                        .tried(found, request)
                        .path("items"));
    }
}
