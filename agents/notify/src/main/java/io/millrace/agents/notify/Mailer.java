package io.millrace.agents.notify;

import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Sends mail, each on a connection of its own, and waits for the server to take it. */
final class Mailer {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int NO_STATUS = -1;
    private static final int FIRST_PERMANENT = 500;
    private static final int FIRST_TRANSIENT = 400;

    private final NotifySettings settings;

    Mailer(NotifySettings settings) {
        this.settings = settings;
    }

    /** @throws AgentFailure saying whether it may be sent another time */
    void send(Notification notification) throws AgentFailure {
        String server = settings.get(NotifySettings.SMTP_SERVER);
        String from = settings.get(NotifySettings.MAIL_FROM);
        if (server == null || from == null) {
            throw AgentFailure.failed(
                    AgentErrorCode.UNAUTHORIZED,
                    "mail is not set up: " + NotifySettings.SMTP_SERVER + ", " + NotifySettings.MAIL_FROM);
        }
        Session session = Session.getInstance(properties(server, settings.get(NotifySettings.SMTP_SECURITY)));
        try {
            MimeMessage message = message(session, notification, from);
            try (Transport transport = session.getTransport()) {
                transport.connect(settings.get(NotifySettings.SMTP_USER), password());
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException e) {
            throw failure(e);
        }
    }

    private String password() throws AgentFailure {
        String key = settings.get(NotifySettings.SMTP_KEY);
        String password = key == null ? null : settings.ownSecret(key);
        if (key != null && password == null) {
            throw AgentFailure.retryable(
                    AgentErrorCode.UNAUTHORIZED, "there is no secret \"" + key + "\" on the job's machines");
        }
        return password;
    }

    private Properties properties(String server, String security) throws AgentFailure {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon);
        boolean plain = security.equals("none");
        if (plain && !TransportSettings.isThisMachine(host)) {
            throw AgentFailure.failed(
                    AgentErrorCode.HOST_NOT_ALLOWED,
                    NotifySettings.SMTP_SECURITY + ": none is for a server on this machine alone");
        }
        String protocol = security.equals("tls") ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "host", host);
        properties.setProperty(prefix + "port", server.substring(colon + 1));
        properties.setProperty(prefix + "auth", Boolean.toString(settings.get(NotifySettings.SMTP_USER) != null));
        String required = Boolean.toString(security.equals("starttls"));
        properties.setProperty(prefix + "starttls.enable", required);
        properties.setProperty(prefix + "starttls.required", required);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        // None of them waits without end: RFC 5321 has servers answer, but not all do.
        String limit = Long.toString(LIMIT.toMillis());
        properties.setProperty(prefix + "connectiontimeout", limit);
        properties.setProperty(prefix + "timeout", limit);
        properties.setProperty(prefix + "writetimeout", limit);
        return properties;
    }

    private static MimeMessage message(Session session, Notification notification, String from)
            throws MessagingException {
        Texts texts = Texts.of(notification);
        String id = "<" + Texts.oneLine(notification.id()).replaceAll("[^A-Za-z0-9.-]", "-")
                + from.substring(from.lastIndexOf('@')) + ">";
        MimeMessage message = new IdentifiedMessage(session, id);
        message.setFrom(new InternetAddress(from, true));
        message.setRecipient(
                RecipientType.TO, new InternetAddress(notification.channel().address(), true));
        message.setSubject(texts.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(new Date());
        // So that nobody's absence note answers (RFC 3834 §5).
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(
                String.join("\r\n", texts.lines()) + "\r\n\r\n" + texts.why() + "\r\n", StandardCharsets.UTF_8.name());
        return message;
    }

    /** One that has its id from what it tells: mail programs show it once, however often it comes. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** What the server says is not told: it may hold addresses. */
    private static AgentFailure failure(MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return AgentFailure.retryable(AgentErrorCode.UNAUTHORIZED, "the SMTP server does not take the login");
        }
        int status = status(failure);
        if (status >= FIRST_PERMANENT) {
            return AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, "SMTP status " + status);
        }
        if (status >= FIRST_TRANSIENT) {
            return AgentFailure.retryable(AgentErrorCode.RECEIVER_FAILED, "SMTP status " + status);
        }
        return AgentFailure.retryable(AgentErrorCode.UNREACHABLE, "no connection to the SMTP server, or it broke");
    }

    private static int status(MessagingException failure) {
        int status = NO_STATUS;
        for (Exception next = failure; next instanceof MessagingException one; next = one.getNextException()) {
            if (one instanceof SMTPSendFailedException sending) {
                status = Math.max(status, sending.getReturnCode());
            } else if (one instanceof SMTPAddressFailedException address) {
                status = Math.max(status, address.getReturnCode());
            } else if (one instanceof SMTPSenderFailedException sender) {
                status = Math.max(status, sender.getReturnCode());
            }
        }
        return status;
    }
}
