package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.access.Access;
import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Credentials;
import io.millrace.gateway.access.DeniedException;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.access.TestAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Caller ANN = new Caller("key ann", "acme", "ann", Set.of(Role.USER));

    private final Route route = Route.get("/v1/things")
            .named("listThings", "Things", "Things.")
            .forRoles(Role.USER)
            .answersText("Things.", "text/plain")
            .by(call -> Reply.text(200, "text/plain", "things"));

    private final Dispatcher dispatcher = new Dispatcher(
            new Routes(List.of(route)),
            new Known(),
            new Origins(Set.of(), Set.of()),
            new RateLimit(1_000, 1_000, () -> 0),
            new RateLimit(1, 2, () -> 0),
            new Metrics());

    /** Knows Ann. */
    private static final class Known implements Access {
        @Override
        public Caller identify(Credentials credentials) throws DeniedException {
            if ("Bearer later".equals(credentials.authorization())) {
                throw TestAccess.unavailable();
            }
            return "Bearer ann".equals(credentials.authorization()) ? ANN : TestAccess.deny();
        }

        @Override
        public String description() {
            return "knows Ann";
        }
    }

    private int ask(String token) {
        return reply(token).status();
    }

    private Reply reply(String token) {
        return dispatcher.answer(new Dispatcher.Request(
                "GET",
                "/v1/things",
                Map.of(),
                Map.of("host", "localhost", "authorization", "Bearer " + token),
                "10.0.0.1",
                max -> new byte[0]));
    }

    @Test
    void whoeverCanNotBeToldNowIsNotDeniedAndComesAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(reply("later").status()).isEqualTo(503);
        }
        assertThat(reply("later").headers()).containsEntry("Retry-After", "5");
        assertThat(ask("x")).isEqualTo(401);
    }

    @Test
    void whoGuessesIsToldToWaitAndWhoIsKnownBehindTheSameProxyIsNot() {
        assertThat(ask("x")).isEqualTo(401);
        assertThat(ask("x")).isEqualTo(401);
        assertThat(ask("x")).isEqualTo(429);
        assertThat(ask("ann")).isEqualTo(200);
    }
}
