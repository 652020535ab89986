package io.millrace.gateway.api;

import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The document of the routes, and the page that shows it. Files of this program: nothing is fetched from elsewhere. */
final class DocumentRoutes {
    private static final String GROUP = "Documents";
    private static final Map<String, String> FILES = Map.of(
            "/docs", "index.html",
            "/docs/docs.js", "docs.js",
            "/docs/docs.css", "docs.css");

    private final Supplier<byte[]> document;

    /** @param document asked when all routes are known; JSON */
    DocumentRoutes(Supplier<byte[]> document) {
        this.document = document;
    }

    List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/openapi.json")
                .named("openApi", GROUP, "This document.")
                .answers(200, "OpenAPI 3.1.", Json.object().put("type", "object"))
                .by(call -> Reply.json(document.get())));
        FILES.forEach((path, name) -> {
            StaticFile file = StaticFile.require("/gateway-docs/" + name);
            routes.add(Route.get(path)
                    .named("docs." + name, GROUP, "A part of the page that shows this document.")
                    .answersText("A file.", file.type())
                    .by(file::answer));
        });
        return routes;
    }
}
