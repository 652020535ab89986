package io.millrace.testing.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MailReceiverTest {

    /** One who speaks SMTP, a line at a time. */
    private record Client(Socket socket, BufferedReader in) implements AutoCloseable {
        static Client of(MailReceiver receiver) throws IOException {
            int port = Integer.parseInt(receiver.server().substring("localhost:".length()));
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            Client client = new Client(
                    socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
            assertThat(client.in.readLine()).startsWith("220");
            return client;
        }

        String say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void itRemembersWhatCameAndRefusesWhomItIsTold() throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                Client client = Client.of(receiver)) {
            receiver.refuse(recipient -> recipient.startsWith("eve") ? 550 : 0);
            client.say("HELO here");
            client.say("MAIL FROM:<a@example.com>");
            assertThat(client.say("RCPT TO:<eve@example.com>")).startsWith("550");
            assertThat(client.say("RCPT TO:<ann@example.com>")).startsWith("250");
            assertThat(client.say("DATA")).startsWith("354");
            assertThat(client.say("Subject: hello\r\n\r\nbody\r\n.")).startsWith("250");

            assertThat(receiver.refused()).isEqualTo(1);
            assertThat(receiver.mails()).hasSize(1);
            assertThat(receiver.mails().get(0).from()).isEqualTo("a@example.com");
            assertThat(receiver.mails().get(0).recipient()).isEqualTo("ann@example.com");
            assertThat(receiver.mails().get(0).text()).contains("Subject: hello", "body");
        }
    }
}
