package io.millrace.gateway.api;

import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The console: pages for people, which ask for everything that they show as anybody else does. */
final class ConsoleRoutes {
    private static final String GROUP = "Console";
    private static final String FOLDER = "/console/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(js|css|svg)");
    private static final Parameter<String> FILE = Parameter.path("file", "A script, a style or a picture.");

    private final StaticFile page = StaticFile.require(FOLDER + "index.html");
    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    List<Route> all() {
        return List.of(
                Route.get("/")
                        .named("console", GROUP, "The console, for people.")
                        .answersText("The page.", page.type())
                        .by(page::answer),
                Route.get("/console/{file}")
                        .named("consoleFile", GROUP, "A part of the console.")
                        .with(FILE)
                        .answersText("A file.", "*/*")
                        .by(this::file));
    }

    private Reply file(Call call) throws ProblemException {
        String name = call.get(FILE);
        // There is no other way into a resource than a name of this kind.
        StaticFile file =
                NAME.matcher(name).matches() ? files.computeIfAbsent(name, one -> StaticFile.find(FOLDER + one)) : null;
        if (file == null) {
            throw ProblemException.notFound("there is no such file");
        }
        return file.answer(call);
    }
}
