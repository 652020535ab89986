package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final Parameter<String> ID = Parameter.path("id", "It.");

    private static Route route(Route.Builder route, String id) {
        return route.named(id, "Things", "It.").answersText("It.", "text/plain").by(call -> null);
    }

    private final Routes routes = new Routes(List.of(
            route(Route.get("/v1/things"), "list"),
            route(Route.post("/v1/things/all"), "all"),
            route(Route.get("/v1/things/{id}").with(ID), "get"),
            route(Route.delete("/v1/things/{id}").with(ID), "delete")));

    private String find(Method method, String path) {
        Routes.Match match = routes.find(method, path);
        return match == null
                ? null
                : match.route() == null
                        ? match.methods().toString()
                        : match.route().id() + match.path();
    }

    @Test
    void aPathIsFoundWithItsNames() {
        assertThat(find(Method.GET, "/v1/things")).isEqualTo("list{}");
        assertThat(find(Method.GET, "/v1/things/a")).isEqualTo("get{id=a}");
        assertThat(find(Method.GET, "/v1/things/a%2Fb%20c+d%C3%A9~")).isEqualTo("get{id=a/b c+dé~}");
        assertThat(find(Method.POST, "/v1/things/all")).isEqualTo("all{}");
    }

    @Test
    void aPathWithAnotherMethodTellsTheMethodsThatItHas() {
        assertThat(find(Method.PATCH, "/v1/things/a")).isEqualTo("[GET, DELETE]");
        assertThat(find(null, "/v1/things")).isEqualTo("[GET]");
    }

    @Test
    void whatIsNoPathOfOursIsNotFound() {
        for (String path :
                List.of("", "/", "/v1/things/", "/v1/things/a/b", "/v1/things/%", "/v1/things/%FF", "/V1/things")) {
            assertThat(find(Method.GET, path)).as(path).isNull();
        }
    }
}
