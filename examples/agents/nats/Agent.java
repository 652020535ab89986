import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.service.Service;
import io.nats.service.ServiceBuilder;
import io.nats.service.ServiceEndpoint;
import io.nats.service.ServiceMessage;

/**
 * An agent that is a NATS service: counts the words of a text. Usage: {@code java -cp jnats-….jar Agent.java
 * [nats://localhost:4222]}
 *
 * <p>Start several: NATS gives each request to one of them. Answering has no side effect, so that a repetition may be
 * answered again.
 */
public final class Agent {
    public static void main(String[] arguments) throws Exception {
        Connection nats = Nats.connect(new Options.Builder()
                .server(arguments.length > 0 ? arguments[0] : Options.DEFAULT_URL)
                .maxReconnects(-1)
                .build());
        Service service = new ServiceBuilder()
                .connection(nats)
                .name("words")
                .version("1.0.0")
                .addServiceEndpoint(ServiceEndpoint.builder()
                        .endpointName("count")
                        .endpointSubject("words.count")
                        .handler(request -> answer(nats, request))
                        .build())
                .build();
        // What has begun is answered before the end.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> service.stop(true)));
        service.startService().get();
    }

    private static void answer(Connection nats, ServiceMessage request) {
        try {
            JsonValue input = JsonParser.parse(request.getData());
            JsonValue text = input.map == null ? null : input.map.get("text");
            if (text == null || text.string == null) {
                request.respondStandardError(nats, "a text, please", 400); // Wrong, and not tried again; 503 would be.
                return;
            }
            long words = text.string.isBlank() ? 0 : text.string.strip().split("\\s+").length;
            request.respond(nats, "{\"words\":" + words + "}");
        } catch (JsonParseException e) {
            request.respondStandardError(nats, "no JSON", 400);
        }
    }
}
