package io.millrace.gateway.api;

import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
        routes.add(Route.get("/")
                .named("root", GROUP, "Leads to the page.")
                .answersText("The page.", "text/html")
                .by(call -> Reply.text(303, "text/plain", "").with("Location", "/docs")));
        routes.add(Route.get("/openapi.json")
                .named("openApi", GROUP, "This document.")
                .answers(200, "OpenAPI 3.1.", Json.object().put("type", "object"))
                .by(call -> Reply.json(document.get())));
        FILES.forEach((path, file) -> {
            Reply reply = Reply.text(200, type(file), read(file));
            routes.add(Route.get(path)
                    .named("docs." + file, GROUP, "A part of the page that shows this document.")
                    .answersText("A file.", type(file))
                    .by(call -> reply));
        });
        return routes;
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.'))) {
            case ".js" -> "text/javascript; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            default -> "text/html; charset=utf-8";
        };
    }

    private static String read(String file) {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream("/gateway-docs/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the file " + file + " can't be read", e);
        }
    }
}
