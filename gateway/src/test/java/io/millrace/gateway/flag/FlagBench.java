package io.millrace.gateway.flag;

import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Figures of flags over HTTP, one caller at a time: how long an evaluation of one takes, and of all. Arguments: a directory, and how
 * many flags there are.
 */
final class FlagBench {
    private static final int QUESTIONS = 10_000;
    private static final int BULKS = 200;
    private static final String ALL = "/ofrep/v1/evaluate/flags";

    private FlagBench() {}

    /** Asks, with some text that is always another one. */
    private interface Question {
        int ask(int number) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        int flags = Integer.parseInt(arguments[1]);
        try (GatewayBed gateway = GatewayBed.open(Path.of(arguments[0]))) {
            tell(gateway, flags);
            Random random = new Random(1);
            Route route = gateway.api().routes().stream()
                    .filter(one -> one.id().equals("evaluateFlag"))
                    .findFirst()
                    .orElseThrow();
            Caller caller = GatewayBed.caller("bench", "default", null, Role.USER);
            measure("one of " + flags + ", without HTTP", QUESTIONS, i -> {
                Map<String, String> path = Map.of("key", "flag-" + random.nextInt(flags));
                byte[] body = body(i).getBytes(StandardCharsets.UTF_8);
                return route.handler()
                        .answer(new Call(route, caller, path, Map.of(), Map.of(), body))
                        .status();
            });
            measure("one of " + flags, QUESTIONS, i -> evaluate(gateway, "/flag-" + random.nextInt(flags), i));
            measure("all of " + flags, BULKS, i -> evaluate(gateway, "", i));
            measure("/health", QUESTIONS, i -> gateway.get(null, "/health").statusCode());
        }
    }

    /** Each for two cities and a list of users, then in parts: what a targeting has that grew over a year. */
    private static void tell(GatewayBed gateway, int flags) throws Exception {
        TestRecords log = new TestRecords();
        gateway.model().live();
        for (int i = 0; i < flags; i++) {
            gateway.model()
                    .tell(log.flag(
                            "flag-" + i,
                            "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\",\"targeting\":"
                                    + "{\"if\":[{\"in\":[{\"var\":\"city\"},[\"Berlin\",\"Lyon\"]]},\"new\","
                                    + "{\"in\":[{\"var\":\"email\"},[\"a@example.com\",\"b@example.com\",\"c@example.com\"]]},\"new\","
                                    + "{\"sem_ver\":[{\"var\":\"version\"},\"<\",\"2.1.0\"]},\"old\","
                                    + "{\"fractional\":[[\"new\"," + i % 100 + "],[\"old\"," + (100 - i % 100)
                                    + "]]}]}}"));
        }
    }

    private static String body(int user) {
        return "{\"context\":{\"targetingKey\":\"user-" + user
                + "\",\"city\":\"Rome\",\"email\":\"u@example.com\",\"version\":\"2.3.1\"}}";
    }

    private static int evaluate(GatewayBed gateway, String key, int i) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri(ALL + key))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(i)))
                .build();
        return gateway.client()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static void measure(String name, int count, Question question) throws Exception {
        long[] nanos = new long[count];
        for (int i = -count / 2; i < count; i++) {
            long began = System.nanoTime();
            int status = question.ask(i);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - began;
            }
            if (status != 200) {
                throw new IllegalStateException("status " + status);
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.3f ms, p99 %.3f ms, max %.2f ms%n",
                name,
                nanos[count / 2] / 1e6,
                nanos[count * 99 / 100] / 1e6,
                nanos[count - 1] / 1e6);
    }
}
