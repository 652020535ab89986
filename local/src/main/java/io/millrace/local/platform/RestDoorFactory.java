package io.millrace.local.platform;

import io.millrace.testing.flink.RestSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.util.ConfigurationException;

/**
 * Puts a {@link RestDoor} in front of Flink's REST API where the cluster's configuration names the file of its secret. Found by
 * Flink as a service.
 */
public final class RestDoorFactory implements InboundChannelHandlerFactory {

    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<ChannelHandler> createHandler(Configuration settings, Map<String, String> responseHeaders)
            throws ConfigurationException {
        String file = settings.getString(RestSecret.SETTING, null);
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RestDoor.Installer(RestSecret.read(Path.of(file))));
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the secret of Flink's REST API in " + file, e);
        }
    }
}
