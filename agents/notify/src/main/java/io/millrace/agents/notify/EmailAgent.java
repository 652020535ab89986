package io.millrace.agents.notify;

import io.millrace.connectors.agents.HostPatterns;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentContext;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.notification.ChannelKind;
import java.util.concurrent.CompletableFuture;

/** {@code notify-email}: mails a notification by the operator's SMTP server. */
public final class EmailAgent implements Agent {
    private HostPatterns domains;
    private Mailer mailer;

    /** For {@link java.util.ServiceLoader}. */
    public EmailAgent() {}

    @Override
    public String name() {
        return "notify-email";
    }

    @Override
    public void open(AgentContext context) {
        NotifySettings settings = new NotifySettings(context);
        domains = settings.hosts(NotifySettings.MAIL_DOMAINS);
        mailer = new Mailer(settings);
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        Notification notification = Notification.read(request, ChannelKind.EMAIL);
        String address = notification.channel().address();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        if (!domains.contain(domain)) {
            throw AgentFailure.failed(
                    AgentErrorCode.HOST_NOT_ALLOWED,
                    "the domain \"" + domain + "\" is none of " + NotifySettings.MAIL_DOMAINS);
        }
        mailer.send(notification);
        return CompletableFuture.completedFuture("{\"delivered\":true}");
    }
}
