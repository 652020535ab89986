package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.agent.DefinitionFile;
import io.millrace.local.agent.Registration;
import io.millrace.local.topic.Rejection;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "register",
        description = {
            "Register an agent, or change it, by its definition in JSON or YAML; docs/agents.md lists the fields.",
            "The envelope of the event may be left out. What is wrong is said as FILE:LINE: message (code); what only the "
                    + "job can judge, such as a loop of fallbacks, it is given three seconds to say."
        })
final class AgentsRegisterCommand implements Callable<Integer> {

    /** The job says nothing of what it accepts; what it refuses is a dead letter within milliseconds. */
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(3);

    /** What people write takes more room than the event that becomes of it. */
    private static final int MAX_BYTES = 4 * AgentRegistryReader.MAX_BYTES;

    @Parameters(paramLabel = "FILE", description = "-, for standard input.")
    private String file;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        GivenFile given = GivenFile.read(file, MAX_BYTES);
        DefinitionFile definition =
                DefinitionFile.read(given.name(), given.text().getBytes(StandardCharsets.UTF_8));
        definition
                .ignored()
                .forEach(field -> System.err.println(
                        "warning: a definition has no field '" + VisibleText.of(field) + "'; it is ignored"));
        RecordMetadata published;
        Optional<Rejection> rejection;
        try (Registration registration = new Registration(kafka.connect())) {
            published = registration.publish(definition.event(), definition.value());
            rejection = registration.rejection(REFUSAL_LIMIT);
        }
        if (json) {
            System.out.println(json(definition, published, rejection));
        } else if (rejection.isEmpty()) {
            System.out.println("registered " + definition.event().agent() + ", version "
                    + VisibleText.of(definition.event().definition().version())
                    + "; the job has not refused it");
        } else {
            System.err.println("millrace: the job refused " + definition.event().agent() + ": "
                    + VisibleText.of(rejection.get().toString()));
        }
        return rejection.isPresent() ? 1 : 0;
    }

    private static ObjectNode json(DefinitionFile definition, RecordMetadata published, Optional<Rejection> rejection) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("agent", definition.event().agent());
        out.put("version", definition.event().definition().version());
        out.put("offset", published.offset()).put("registered", rejection.isEmpty());
        rejection.ifPresent(
                refused -> out.putObject("error").put("code", refused.code()).put("message", refused.message()));
        return out;
    }
}
