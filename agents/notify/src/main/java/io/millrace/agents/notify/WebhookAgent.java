package io.millrace.agents.notify;

import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentContext;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.notification.ChannelKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code notify-webhook}: posts a notification as JSON, signed where there is a secret. */
public final class WebhookAgent implements Agent {
    private NotifySettings settings;
    private WebPosts posts;

    /** For {@link java.util.ServiceLoader}. */
    public WebhookAgent() {}

    @Override
    public String name() {
        return "notify-webhook";
    }

    @Override
    public void open(AgentContext context) {
        settings = new NotifySettings(context);
        posts = new WebPosts(name(), context);
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        Notification notification = Notification.read(request, ChannelKind.WEBHOOK);
        byte[] body = notification.toJson();
        long timestamp = System.currentTimeMillis() / 1_000;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Millrace-Event-Id", notification.id());
        headers.put("Millrace-Timestamp", Long.toString(timestamp));
        String secret = notification.channel().secret();
        if (secret != null) {
            headers.put(
                    "Millrace-Signature",
                    Signature.of(settings.secret(notification.tenant(), secret), timestamp, body));
        }
        return posts.post(notification.channel().address(), body, headers);
    }

    @Override
    public void close() {
        posts.close();
    }
}
