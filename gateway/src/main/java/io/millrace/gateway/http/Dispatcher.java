package io.millrace.gateway.http;

import io.millrace.gateway.access.Access;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Credentials;
import io.millrace.gateway.access.DeniedException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From a request to the reply: who calls, whether they may, and the answer of the route. */
public final class Dispatcher {
    private static final String CONTENT_TYPE = "content-type";
    private static final int IN_FLIGHT = 8;
    /** Of all strangers together, from however many addresses: the threads that are left are for who logs in. */
    private static final int STRANGERS_IN_FLIGHT = 12;

    private static final String STRANGERS = "all senders of webhooks";

    private final Routes routes;
    private final Access access;
    private final Origins origins;
    private final RateLimit rates;
    private final RateLimit denials;
    private final InFlight inFlight = new InFlight();
    private final Metrics metrics;

    /**
     * @param rates of callers
     * @param denials of addresses: requests that name nobody we know
     */
    public Dispatcher(
            Routes routes, Access access, Origins origins, RateLimit rates, RateLimit denials, Metrics metrics) {
        this.routes = routes;
        this.access = access;
        this.origins = origins;
        this.rates = rates;
        this.denials = denials;
        this.metrics = metrics;
    }

    /** Reads the body of a request, when it is wanted. */
    @FunctionalInterface
    interface Body {
        /** @throws ProblemException when it has more than {@code max} bytes */
        byte[] read(int max) throws ProblemException;
    }

    /**
     * A request.
     *
     * @param rawPath as it was sent
     * @param query null when it can't be read
     * @param headers by their names in small letters
     * @param address where it comes from
     */
    record Request(
            String method,
            String rawPath,
            Map<String, List<String>> query,
            Map<String, String> headers,
            String address,
            Body body) {}

    Reply answer(Request request) {
        long began = System.nanoTime();
        String[] id = {"none"};
        Reply reply = Failures.answer(() -> id[0], () -> answer(request, id));
        metrics.answered(id[0], reply.status(), System.nanoTime() - began);
        return readable(reply, request);
    }

    private Reply answer(Request request, String[] id) throws ProblemException {
        if (request.method().equals("OPTIONS")) {
            return preflight(request);
        }
        Method method = Method.of(request.method());
        Routes.Match match = routes.find(method, request.rawPath());
        if (match == null) {
            throw ProblemException.notFound("there is no such path; /openapi.json names all");
        }
        // What of a stream is left out would go on all the same.
        if (match.route() == null
                || request.method().equals("HEAD") && match.route().isStream()) {
            return Reply.problem(ProblemException.of(405, "method_not_allowed", "not with this method"))
                    .with("Allow", names(match.methods()));
        }
        Route route = match.route();
        id[0] = route.id();
        Caller caller = route.isPublic() ? null : admit(route, request);
        if (request.query() == null) {
            throw ProblemException.of(400, "not_utf8", "what stands after the question mark can't be read");
        }
        Work work = () -> {
            byte[] body = body(route, request);
            return route.handler()
                    .answer(new Call(route, caller, match.path(), request.query(), request.headers(), body));
        };
        if (caller != null) {
            return within(IN_FLIGHT, caller.name(), work);
        }
        boolean isStrange = route.raw() != null && route.raw().isOfStrangers();
        return isStrange
                ? within(STRANGERS_IN_FLIGHT, STRANGERS, () -> within(IN_FLIGHT, "hooks at " + request.address(), work))
                : within(IN_FLIGHT, "address " + request.address(), work);
    }

    /** What a thread does for a request. */
    @FunctionalInterface
    private interface Work {
        Reply reply() throws ProblemException;
    }

    private Reply within(int most, String owner, Work work) throws ProblemException {
        if (!inFlight.begin(owner, most)) {
            throw ProblemException.later(
                    429, "too_many_requests", "more than " + most + " requests at once of " + owner, 1);
        }
        try {
            return work.reply();
        } finally {
            inFlight.end(owner);
        }
    }

    private Caller admit(Route route, Request request) throws ProblemException {
        Map<String, String> headers = request.headers();
        origins.check(route.method(), headers.get("host"), headers.get("origin"), headers.get("sec-fetch-site"));
        Caller caller = identify(request);
        if (!rates.take(caller.name())) {
            throw ProblemException.later(429, "too_many_requests", "too many requests of " + caller.name(), 1);
        }
        if (!caller.isAnyOf(route.roles())) {
            throw ProblemException.forbidden("this takes one of the roles "
                    + route.roles().stream().map(role -> role.wireName()).collect(Collectors.joining(", ")));
        }
        return caller;
    }

    private Caller identify(Request request) throws ProblemException {
        try {
            return access.identify(new Credentials(
                    authorization(request.headers()), request.headers().get("millrace-tenant"), request.address()));
        } catch (DeniedException e) {
            // Only now: behind a proxy all have one address, and who is known pays for nobody who is not.
            if (!denials.take(request.address())) {
                throw ProblemException.later(429, "too_many_requests", "too many requests without a valid login", 1);
            }
            throw ProblemException.of(401, "unauthorized", e.getMessage());
        }
    }

    /**
     * Dapr's sidecars have a header of their own for the token of the application that they are beside, and clients of OpenFeature one
     * for keys.
     */
    private static String authorization(Map<String, String> headers) {
        String token = headers.getOrDefault("dapr-api-token", headers.get("x-api-key"));
        String given = headers.get("authorization");
        return given == null && token != null ? "Bearer " + token : given;
    }

    private static byte[] body(Route route, Request request) throws ProblemException {
        if (route.form() == null && route.raw() == null) {
            return new byte[0];
        }
        byte[] body = request.body()
                .read(
                        route.form() == null
                                ? route.raw().maxBytes()
                                : route.form().maxBytes());
        if (body.length > 0) {
            requireType(
                    route.form() == null ? route.raw().types() : Set.of(Reply.JSON),
                    request.headers().getOrDefault(CONTENT_TYPE, ""));
        }
        return body;
    }

    /** A form of any page can send text/plain without being asked whether it may. */
    private static void requireType(Set<String> types, String type) throws ProblemException {
        String given = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!types.isEmpty() && !types.contains(given)) {
            throw ProblemException.of(
                    415,
                    "unsupported_media_type",
                    "the body must be " + types.stream().sorted().collect(Collectors.joining(" or ")));
        }
    }

    private Reply preflight(Request request) throws ProblemException {
        if (!origins.mayRead(request.headers().get("origin"))) {
            throw ProblemException.forbidden("pages of other origins may not use the gateway; see http.origins");
        }
        return Reply.text(204, "text/plain", "")
                .with("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
                .with(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Idempotency-Key, Correlation-Id, If-None-Match, Last-Event-ID,"
                                + " Millrace-Tenant, MCP-Protocol-Version, X-API-Key")
                .with("Access-Control-Max-Age", "600");
    }

    private Reply readable(Reply reply, Request request) {
        String origin = request.headers().get("origin");
        return origins.mayRead(origin)
                ? reply.with("Access-Control-Allow-Origin", origin)
                        .with("Access-Control-Expose-Headers", "ETag, Retry-After")
                        .with("Vary", "Origin")
                : reply;
    }

    private static String names(Collection<Method> methods) {
        return methods.stream().map(Method::name).sorted().collect(Collectors.joining(", "));
    }
}
