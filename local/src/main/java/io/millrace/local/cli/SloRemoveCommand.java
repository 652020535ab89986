package io.millrace.local.cli;

import io.millrace.local.slo.Objectives;
import io.millrace.local.topic.KafkaConnection;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Take an objective away; its alerts are resolved.")
final class SloRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME")
    private String name;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connect();
        Set<String> names = Objectives.read(connection).keySet();
        if (!names.contains(name)) {
            throw new CommandFailure("no objective '" + name + "' is defined; there are: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        Objectives.remove(connection, name);
        System.out.println("removed " + name);
        return 0;
    }
}
