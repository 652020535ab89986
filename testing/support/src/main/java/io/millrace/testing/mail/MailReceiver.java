package io.millrace.testing.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Takes mail on this machine, remembers it, and refuses recipients as a test says. */
public final class MailReceiver implements AutoCloseable {
    private final SMTPServer server;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile ToIntFunction<String> refusals = recipient -> 0;

    /** What came; {@code text} is all of the message, headers included. */
    public record Mail(String from, String recipient, String text) {}

    public MailReceiver() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .messageHandlerFactory(context -> new Taking())
                .build();
        server.start();
    }

    private final class Taking implements MessageHandler {
        private String from;
        private String recipient;

        @Override
        public void from(String address) {
            from = address;
        }

        @Override
        public void recipient(String address) throws RejectException {
            int status = refusals.applyAsInt(address);
            if (status != 0) {
                refused.incrementAndGet();
                throw new RejectException(status, "not " + address);
            }
            recipient = address;
        }

        @Override
        public String data(InputStream data) throws IOException {
            mails.add(new Mail(from, recipient, new String(data.readAllBytes(), StandardCharsets.UTF_8)));
            return null;
        }

        @Override
        public void done() {}
    }

    /** @param status with which a recipient is refused from now on; 0 for not at all */
    public void refuse(ToIntFunction<String> status) {
        refusals = status;
    }

    /** How often a recipient was refused. */
    public int refused() {
        return refused.get();
    }

    /** What came so far. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** {@code host:port}. */
    public String server() {
        return "localhost:" + server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }
}
