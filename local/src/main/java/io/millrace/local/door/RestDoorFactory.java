package io.millrace.local.door;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPipeline;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpServerCodec;
import org.apache.flink.util.ConfigurationException;

/** Found by Flink's REST server as a service, and asked once for each connection. */
public final class RestDoorFactory implements InboundChannelHandlerFactory {

    /** Setting of the cluster: the file with the token. Its content is no setting: the REST API shows those. */
    public static final String FILE_SETTING = "millrace.rest.door-file";

    @Override
    public int priority() {
        return 0;
    }

    /** @throws ConfigurationException when the setting is missing: there is no REST API without a door here */
    @Override
    public Optional<ChannelHandler> createHandler(Configuration settings, Map<String, String> responseHeaders)
            throws ConfigurationException {
        String file = settings.getString(FILE_SETTING, null);
        if (file == null) {
            throw new ConfigurationException(FILE_SETTING + " is not set");
        }
        RestDoor door = new RestDoor(RestToken.read(Path.of(file)));
        return Optional.of(new Placement(new RestDoorHandler(door)));
    }

    /**
     * Flink adds this behind what writes uploaded files to disk and collects bodies: the door moves before them, to
     * where bytes have just become requests.
     */
    private static final class Placement extends ChannelInboundHandlerAdapter {

        private final RestDoorHandler door;

        Placement(RestDoorHandler door) {
            this.door = door;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
            if (codec == null) {
                context.close();
                return;
            }
            pipeline.addAfter(codec.name(), RestDoorHandler.class.getName(), door);
        }
    }
}
