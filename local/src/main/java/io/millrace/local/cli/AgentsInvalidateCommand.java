package io.millrace.local.cli;

import io.millrace.local.agent.Agents;
import io.millrace.local.agent.Registration;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.agent.AgentRegistryEvent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "invalidate", description = "Make the answers of an agent that are kept in the cache worthless.")
final class AgentsInvalidateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--version", paramLabel = "V", description = "Only those that this version of the agent gave.")
    private String version;

    @Option(names = "--dependency", paramLabel = "D", description = "Only those to calls that name this dependency.")
    private String dependency;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        AgentRegistryEvent registered = AgentsShowCommand.find(Agents.read(connection), name);
        Registration.invalidate(connection, registered, version, dependency);
        System.out.println("invalidated what " + name + (version == null ? "" : ", version " + version + ",")
                + " has answered" + (dependency == null ? "" : " to calls that depend on " + dependency));
        return 0;
    }
}
