package io.millrace.gateway.api;

/**
 * To what a Dapr sidecar subscribes.
 *
 * @param pubsub the name of its component
 */
public record Subscription(String pubsub, String topic) {

    /** @throws IllegalArgumentException when it is not {@code pubsub/topic} */
    public static Subscription parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' must be component/topic");
        }
        return new Subscription(text.substring(0, slash), text.substring(slash + 1));
    }
}
