package io.millrace.agents.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.mail.MailReceiver;
import io.millrace.testing.mail.MailReceiver.Mail;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAgentTest {
    private static final String EMAIL = "notify-email";

    @TempDir
    Path secrets;

    private NotifyBed bed(String server, String... more) throws Exception {
        String[] settings = new String[8 + more.length];
        System.arraycopy(
                new String[] {
                    NotifySettings.MAIL_DOMAINS, "example.com",
                    NotifySettings.MAIL_FROM, "millrace@example.org",
                    NotifySettings.SMTP_SERVER, server,
                    NotifySettings.SMTP_SECURITY, "none",
                },
                0,
                settings,
                0,
                8);
        System.arraycopy(more, 0, settings, 8, more.length);
        return NotifyBed.here(secrets, settings);
    }

    private static MimeMessage read(Mail mail) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.text().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aNotificationIsMailedInThePersonsLanguage() throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                NotifyBed bed = bed(receiver.server())) {
            AgentAnswer answer =
                    bed.ask(EMAIL, "acme", NotifyBed.notification("'language':'es','address':'ann@example.com',"));

            assertThat(answer.status()).as(() -> String.valueOf(answer.error())).isEqualTo(Status.OK);
            Mail mail = receiver.mails().get(0);
            assertThat(mail.from()).isEqualTo("millrace@example.org");
            assertThat(mail.recipient()).isEqualTo("ann@example.com");
            MimeMessage message = read(mail);
            assertThat(message.getSubject()).isEqualTo("Recordatorio: Pay the rent");
            assertThat(message.getMessageID()).isEqualTo("<" + NotifyBed.ID + "@example.org>");
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat((String) message.getContent())
                    .contains("- Recordatorio: Pay the rent (vence: ")
                    .contains("preferencias");
        }
    }

    @Test
    void nothingThatIsSaidBecomesAHeader() throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                NotifyBed bed = bed(receiver.server())) {
            String input = NotifyBed.notification("'address':'ann@example.com',")
                    .replace("Pay the rent", "x\\r\\nBcc: eve@example.com\\r\\n\\r\\nbody\\u2028\\u0000")
                    .replace(NotifyBed.ID, "id>\\r\\nBcc: eve@example.com");
            assertThat(bed.ask(EMAIL, "acme", input).status()).isEqualTo(Status.OK);

            assertThat(receiver.mails()).extracting(Mail::recipient).containsExactly("ann@example.com");
            MimeMessage message = read(receiver.mails().get(0));
            assertThat(message.getHeader("Bcc")).isNull();
            assertThat(message.getSubject()).startsWith("Reminder: x").contains("Bcc: eve@example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com\\r\\nBcc: eve@example.com",
                "ann@example.com, eve@example.com",
                "Ann <ann@example.com>",
                "ann@example.com>",
                "@example.com",
                "ann"
            })
    void whatIsNoAddressIsRejected(String address) throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                NotifyBed bed = bed(receiver.server())) {
            AgentAnswer answer = bed.ask(EMAIL, "acme", NotifyBed.notification("'address':'" + address + "',"));

            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
            assertThat(answer.error().message()).startsWith("address: must be an address of mail");
            assertThat(receiver.mails()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "421, RETRYABLE, RECEIVER_FAILED",
        "450, RETRYABLE, RECEIVER_FAILED",
        "451, RETRYABLE, RECEIVER_FAILED",
        "550, FAILED, AGENT_REJECTED",
        "553, FAILED, AGENT_REJECTED",
    })
    void theServersStatusSaysWhetherItIsSentAgain(int refusal, Status status, AgentErrorCode code) throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                NotifyBed bed = bed(receiver.server())) {
            receiver.refuse(recipient -> refusal);
            AgentAnswer answer = bed.ask(EMAIL, "acme", NotifyBed.notification("'address':'ann@example.com',"));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.error().code()).isEqualTo(code);
            assertThat(answer.error().message()).isEqualTo("SMTP status " + refusal);
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgainAndSaidToBe() throws Exception {
        String server;
        try (MailReceiver receiver = new MailReceiver()) {
            server = receiver.server();
        }
        try (NotifyBed bed = bed(server)) {
            AgentAnswer answer = bed.ask(EMAIL, "acme", NotifyBed.notification("'address':'ann@example.com',"));

            assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        }
    }

    @Test
    void aServerWithoutTlsIsSentNothingWhereTlsIsAskedFor() throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                NotifyBed bed = bed(receiver.server(), NotifySettings.SMTP_SECURITY, "starttls")) {
            AgentAnswer answer = bed.ask(EMAIL, "acme", NotifyBed.notification("'address':'ann@example.com',"));

            assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
            assertThat(receiver.mails()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "notify.mail-domains, '', HOST_NOT_ALLOWED, FAILED",
        "notify.mail-domains, *.example.com, HOST_NOT_ALLOWED, FAILED",
        "notify.smtp-server, smtp.example.com:25, HOST_NOT_ALLOWED, FAILED",
        "notify.smtp-key, smtp, UNAUTHORIZED, RETRYABLE",
    })
    void mailGoesOnlyAsTheOperatorAllows(String setting, String value, AgentErrorCode code, Status status)
            throws Exception {
        try (MailReceiver receiver = new MailReceiver();
                NotifyBed bed = bed(receiver.server(), setting, value)) {
            AgentAnswer answer = bed.ask(EMAIL, "acme", NotifyBed.notification("'address':'ann@example.com',"));

            assertThat(answer.error().code()).isEqualTo(code);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(receiver.mails()).isEmpty();
        }
    }

    @Test
    void withoutAServerNoMailIsSent() throws Exception {
        try (NotifyBed bed = NotifyBed.here(secrets, NotifySettings.MAIL_DOMAINS, "example.com")) {
            assertThat(bed.ask(EMAIL, "acme", NotifyBed.notification("'address':'ann@example.com',"))
                            .error()
                            .code())
                    .isEqualTo(AgentErrorCode.UNAUTHORIZED);
        }
    }
}
