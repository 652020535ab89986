package io.millrace.gateway;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The program: runs a gateway until the process is ended. */
public final class Gateway {
    private static final int WRONG_USAGE = 2;

    private Gateway() {}

    public static void main(String[] arguments) throws InterruptedException {
        GatewaySettings settings;
        try {
            settings = GatewaySettings.of(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("gateway: " + e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        try {
            GatewayServer server = GatewayServer.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop gateway"));
            System.out.println("gateway: http://" + settings.address().getHostString() + ":" + server.port() + " ("
                    + settings.access().description() + ")");
        } catch (IOException e) {
            System.err.println("gateway: it can't be started: " + e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
