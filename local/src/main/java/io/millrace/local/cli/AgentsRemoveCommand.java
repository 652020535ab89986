package io.millrace.local.cli;

import io.millrace.local.agent.Agents;
import io.millrace.local.agent.Registration;
import io.millrace.local.topic.KafkaConnection;
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
        Registration.remove(connection, AgentsShowCommand.find(Agents.read(connection), name));
        System.out.println("removed " + name);
        return 0;
    }
}
