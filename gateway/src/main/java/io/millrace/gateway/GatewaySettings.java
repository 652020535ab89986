package io.millrace.gateway;

import io.millrace.gateway.access.Access;
import io.millrace.gateway.access.KeyAccess;
import io.millrace.gateway.access.OidcAccess;
import io.millrace.gateway.access.OidcSettings;
import io.millrace.gateway.access.OpenAccess;
import io.millrace.gateway.api.Api;
import io.millrace.gateway.api.Subscription;
import io.millrace.gateway.hooks.Hooks;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a gateway is set up.
 *
 * @param kafkaProperties of every client of Kafka
 * @param address port 0 for any free one
 * @param hosts names by which it is reached, besides those of the machine itself
 * @param hooks senders of webhooks
 * @param subscriptions of Dapr sidecars
 * @param origins of web pages elsewhere that may use it
 */
public record GatewaySettings(
        String bootstrapServers,
        Map<String, String> kafkaProperties,
        Path dataDirectory,
        InetSocketAddress address,
        Set<String> hosts,
        Set<String> origins,
        Access access,
        Hooks hooks,
        List<Subscription> subscriptions,
        int requestsPerSecond,
        int burst,
        int streams,
        long maxLag) {

    /** @throws IllegalArgumentException when whoever reaches it could do everything, from other machines */
    public GatewaySettings {
        kafkaProperties = Map.copyOf(kafkaProperties);
        subscriptions = List.copyOf(subscriptions);
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        if (access.isOpen() && !loopback) {
            throw new IllegalArgumentException(
                    "http.address: " + address.getHostString()
                            + " is reached from other machines, where auth none lets everybody do everything; set auth to keys or oidc");
        }
        if (!loopback && hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "http.hosts: missing; by which names is it reached at " + address.getHostString() + "?");
        }
    }

    /**
     * Reads them as the program does.
     *
     * @param arguments {@code --key value}
     * @param environment as of {@link System#getenv()}
     * @throws IllegalArgumentException saying which setting is wrong, and how
     */
    public static GatewaySettings of(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = Setting.ofProgram().load(arguments, environment);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, given.getOrDefault(setting.key(), setting.usual()));
        }
        return new GatewaySettings(
                values.get(Setting.KAFKA),
                properties(values.get(Setting.KAFKA_PROPERTIES)),
                Path.of(values.get(Setting.DATA)),
                address(values),
                list(values.get(Setting.HOSTS)),
                list(values.get(Setting.ORIGINS)),
                access(values),
                hooks(values, environment),
                subscriptions(values),
                number(values, Setting.RATE, 1, 1_000_000),
                number(values, Setting.BURST, 1, 1_000_000),
                number(values, Setting.STREAMS, 0, 10_000),
                number(values, Setting.MAX_LAG, 0, Integer.MAX_VALUE));
    }

    private static InetSocketAddress address(Map<Setting, String> values) {
        String host = values.get(Setting.ADDRESS);
        try {
            return new InetSocketAddress(InetAddress.getByName(host), number(values, Setting.PORT, 0, 65_535));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Setting.ADDRESS.key() + ": there is no address " + host, e);
        }
    }

    private static Access access(Map<Setting, String> values) {
        return switch (values.get(Setting.AUTH)) {
            case "none" -> new OpenAccess();
            case "keys" -> new KeyAccess(Path.of(required(values, Setting.KEYS)));
            case "oidc" ->
                new OidcAccess(new OidcSettings(
                        required(values, Setting.ISSUER),
                        required(values, Setting.AUDIENCE),
                        uri(values, Setting.ISSUER_KEYS),
                        list(values.get(Setting.ALGORITHMS)),
                        values.get(Setting.TENANT_CLAIM),
                        values.get(Setting.USER_CLAIM),
                        values.get(Setting.ROLES_CLAIM)));
            default -> throw new IllegalArgumentException(Setting.AUTH.key() + ": must be none, keys or oidc");
        };
    }

    private static Hooks hooks(Map<Setting, String> values, Map<String, String> environment) {
        String file = values.get(Setting.HOOKS);
        if (file.isBlank()) {
            return Hooks.none();
        }
        try {
            return Hooks.of(Path.of(file), Api.typesOfHooks(), environment);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Setting.HOOKS.key() + ": " + e.getMessage(), e);
        }
    }

    private static List<Subscription> subscriptions(Map<Setting, String> values) {
        try {
            return list(values.get(Setting.DAPR)).stream()
                    .sorted()
                    .map(Subscription::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Setting.DAPR.key() + ": " + e.getMessage(), e);
        }
    }

    private static String required(Map<Setting, String> values, Setting setting) {
        String value = values.get(setting);
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    setting.key() + ": missing; auth " + values.get(Setting.AUTH) + " needs it");
        }
        return value;
    }

    private static URI uri(Map<Setting, String> values, Setting setting) {
        try {
            return URI.create(required(values, setting));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.key() + ": " + e.getMessage(), e);
        }
    }

    private static int number(Map<Setting, String> values, Setting setting, int min, int max) {
        try {
            int number = Integer.parseInt(values.get(setting));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(setting, min, max), e);
        }
        throw new IllegalArgumentException(wrong(setting, min, max));
    }

    private static String wrong(Setting setting, int min, int max) {
        return setting.key() + ": must be a number from " + min + " to " + max;
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Map<String, String> properties(String file) {
        Map<String, String> read = new HashMap<>();
        if (!file.isBlank()) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        Setting.KAFKA_PROPERTIES.key() + ": " + file + " can't be read: " + e.getMessage(), e);
            }
            properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        }
        return read;
    }
}
