package io.millrace.local.agent;

import io.millrace.local.topic.KafkaConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The agents that come with Millrace and run in the agents job. */
public final class ShippedAgents {
    public static final List<String> NAMES = List.of(
            "echo",
            "summariser",
            "notifier",
            "critic",
            "language",
            "intent",
            "knowledge",
            "response",
            "escalation",
            "notify-webhook",
            "notify-email",
            "notify-slack");

    private ShippedAgents() {}

    /** The definition of one of {@link #NAMES}. */
    public static DefinitionFile definition(String name) {
        String resource = "/agents/" + name + ".yaml";
        try (InputStream in = ShippedAgents.class.getResourceAsStream(resource)) {
            return DefinitionFile.read(resource, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Leaves an agent that is registered already as it is: it may have been changed. */
    public static void registerMissing(KafkaConnection kafka) {
        Agents registered = Agents.read(kafka);
        for (String name : NAMES) {
            if (registered.find(name).isEmpty()) {
                Registration.publish(kafka, definition(name).event());
            }
        }
    }
}
