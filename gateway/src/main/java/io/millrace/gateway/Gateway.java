package io.millrace.gateway;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** The program: runs a gateway until the process is ended. */
public final class Gateway {
    private static final int WRONG_USAGE = 2;
    /** A property of the JVM: whether it ends with what started it, which is told by the end of standard input. */
    private static final String ENDS_WITH_INPUT = "millrace.ends-with-input";

    private Gateway() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            help();
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("hooks")) {
            System.exit(HookTrial.run(Arrays.copyOfRange(arguments, 1, arguments.length), System.out, System.err));
        }
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
        if (Boolean.getBoolean(ENDS_WITH_INPUT)) {
            awaitEndOfInput();
            System.exit(0);
        }
        new CountDownLatch(1).await();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is said there is not meant for this program.
            }
        } catch (IOException e) {
            System.err.println("gateway: standard input can't be read, which is taken for its end: " + e.getMessage());
        }
    }

    private static void help() {
        System.out.println("With hooks first it shows what a body of a sender would come to: " + HookTrial.USAGE);
        System.out.println("Serves HTTP over all that the jobs know. Settings, each also as an environment variable"
                + " MILLRACE_GATEWAY_…, or in a YAML file named by --config:");
        for (Setting setting : Setting.values()) {
            System.out.printf(
                    "  --%-24s %s%s%n",
                    setting.key(),
                    setting.description(),
                    setting.usual().isEmpty() ? "" : " Default: " + setting.usual() + ".");
        }
    }
}
