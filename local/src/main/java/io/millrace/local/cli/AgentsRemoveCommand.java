package io.millrace.local.cli;

import io.millrace.local.agent.Agents;
import io.millrace.local.agent.Registration;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Take an agent out of the registry; calls for it are refused from then on.")
final class AgentsRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME")
    private String name;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        AgentRegistryEvent registered = AgentsShowCommand.find(Agents.read(connection), name);
        Registration.publish(
                connection,
                new AgentRegistryEvent(
                        UUID.randomUUID(),
                        Kind.REMOVED,
                        System.currentTimeMillis(),
                        registered.tenant(),
                        name,
                        null,
                        null,
                        null,
                        null));
        System.out.println("removed " + name);
        return 0;
    }
}
