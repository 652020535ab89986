package io.millrace.local.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The option {@code --prometheus} of several commands. */
final class PrometheusAddress {
    private PrometheusAddress() {}

    /** @throws ParameterException when it names no host */
    static void require(CommandSpec spec, URI address) {
        if (address.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--prometheus: " + address + " is no address such as http://localhost:9090");
        }
    }
}
