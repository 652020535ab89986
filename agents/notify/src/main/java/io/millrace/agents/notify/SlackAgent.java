package io.millrace.agents.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentContext;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.notification.Channel;
import io.millrace.schema.notification.ChannelKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code notify-slack}: posts a notification to a webhook that takes messages as Slack's do. */
public final class SlackAgent implements Agent {
    /** Of a section of a message. */
    private static final int MAX_SECTION = 3_000;

    private NotifySettings settings;
    private WebPosts posts;

    /** For {@link java.util.ServiceLoader}. */
    public SlackAgent() {}

    @Override
    public String name() {
        return "notify-slack";
    }

    @Override
    public void open(AgentContext context) {
        settings = new NotifySettings(context);
        posts = new WebPosts(name(), context);
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        Notification notification = Notification.read(request, ChannelKind.SLACK);
        return posts.post(url(notification), message(notification), Map.of());
    }

    /** Such a URL is a secret itself, so that it may be one. */
    private String url(Notification notification) throws AgentFailure {
        Channel channel = notification.channel();
        if (channel.address() != null) {
            return channel.address();
        }
        String url = settings.secret(notification.tenant(), channel.secret());
        try {
            return new Channel(ChannelKind.SLACK, url, List.of(), null).address();
        } catch (IllegalArgumentException e) {
            throw AgentFailure.failed(
                    AgentErrorCode.UNAUTHORIZED, "the secret \"" + channel.secret() + "\" holds no URL");
        }
    }

    @Override
    public void close() {
        posts.close();
    }

    /** Plain text: nothing that stands in a title is a link, a mention or a style. */
    static byte[] message(Notification notification) {
        Texts texts = Texts.of(notification);
        String subject = texts.subject();
        ObjectNode message = AgentInput.JSON.createObjectNode().put("text", escaped(subject));
        ArrayNode blocks = message.putArray("blocks");
        section(
                blocks,
                notification.count() == 1 ? texts.line(notification.items().get(0)) : subject);
        if (notification.count() > 1) {
            section(blocks, String.join("\n", texts.lines()));
        }
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void section(ArrayNode blocks, String text) {
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "plain_text")
                .put("emoji", false)
                .put("text", cut(escaped(text)));
    }

    private static String cut(String text) {
        return text.length() <= MAX_SECTION ? text : AgentInput.cut(text, MAX_SECTION - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
