package io.millrace.gateway.hooks;

import io.millrace.gateway.file.YamlObject;
import io.millrace.gateway.hooks.HmacSignature.Algorithm;
import io.millrace.gateway.hooks.HmacSignature.Encoding;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how a sender signs. */
final class SignatureReader {
    private static final Set<String> OF_KNOWN = Set.of("kind", "secrets");
    private static final Set<String> OF_TIMED = Set.of("kind", "secrets", "tolerance");
    private static final Set<String> OF_HMAC =
            Set.of("kind", "secrets", "header", "algorithm", "encoding", "prefix", "timestamp", "signed", "tolerance");
    private static final String KINDS = "hmac, bearer, github, shopify, zendesk, stripe, alertmanager";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration MOST_TOLERANCE = Duration.ofHours(1);

    private final SecretPlaces places;

    SignatureReader(SecretPlaces places) {
        this.places = places;
    }

    /**
     * How a sender signs.
     *
     * @param delivery an expression that tells its deliveries apart; null for none that is usual
     */
    record Signed(Signature signature, String delivery) {}

    Signed read(YamlObject of) {
        return switch (of.text("kind")) {
            case "github" ->
                new Signed(
                        known(of, "x-hub-signature-256", Encoding.HEX, "sha256="), "$headers[\"x-github-delivery\"]");
            case "shopify" ->
                new Signed(
                        known(of, "x-shopify-hmac-sha256", Encoding.BASE64, ""),
                        "$headers[\"x-shopify-event-id\"] // $headers[\"x-shopify-webhook-id\"]");
            case "zendesk" ->
                new Signed(
                        new HmacSignature(
                                "x-zendesk-webhook-signature",
                                Algorithm.SHA256,
                                Encoding.BASE64,
                                "",
                                "x-zendesk-webhook-signature-timestamp",
                                HmacSignature.TIMESTAMP + HmacSignature.BODY,
                                tolerance(of.only(OF_TIMED)),
                                secrets(of)),
                        "$headers[\"x-zendesk-webhook-invocation-id\"]");
            case "stripe" -> new Signed(new StripeSignature(tolerance(of.only(OF_TIMED)), secrets(of)), "$body.id");
            case "bearer", "alertmanager" -> new Signed(token(of), null);
            case "hmac" -> new Signed(hmac(of), null);
            default -> throw of.wrong("kind", "must be one of " + KINDS);
        };
    }

    private Signature known(YamlObject of, String header, Encoding encoding, String prefix) {
        of.only(OF_KNOWN);
        return new HmacSignature(
                header, Algorithm.SHA256, encoding, prefix, null, HmacSignature.BODY, TOLERANCE, secrets(of));
    }

    private Signature token(YamlObject of) {
        of.only(Set.of("kind", "secrets", "header"));
        return new TokenSignature(
                of.text("header", TokenSignature.AUTHORIZATION).toLowerCase(Locale.ROOT), secrets(of));
    }

    private Signature hmac(YamlObject of) {
        of.only(OF_HMAC);
        String timestamp = of.has("timestamp") ? of.text("timestamp").toLowerCase(Locale.ROOT) : null;
        String signed = of.text("signed", HmacSignature.BODY);
        if (!signed.contains(HmacSignature.BODY) || signed.contains(HmacSignature.TIMESTAMP) != (timestamp != null)) {
            throw of.wrong(
                    "signed", "must have {body} in it, and {timestamp} where timestamp names the header with it");
        }
        return new HmacSignature(
                of.text("header").toLowerCase(Locale.ROOT),
                one(of, "algorithm", Algorithm.class, Algorithm.SHA256),
                one(of, "encoding", Encoding.class, Encoding.HEX),
                of.text("prefix", ""),
                timestamp,
                signed,
                tolerance(of),
                secrets(of));
    }

    private static <E extends Enum<E>> E one(YamlObject of, String field, Class<E> type, E otherwise) {
        if (!of.has(field)) {
            return otherwise;
        }
        for (E one : type.getEnumConstants()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(of.text(field))) {
                return one;
            }
        }
        throw of.wrong(
                field,
                "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    private static Duration tolerance(YamlObject of) {
        if (!of.has("tolerance")) {
            return TOLERANCE;
        }
        try {
            Duration tolerance = Duration.parse(of.text("tolerance"));
            if (!tolerance.isNegative() && !tolerance.isZero() && tolerance.compareTo(MOST_TOLERANCE) <= 0) {
                return tolerance;
            }
        } catch (DateTimeParseException e) {
            throw of.wrong("tolerance", "must be an ISO 8601 duration, as PT5M");
        }
        throw of.wrong("tolerance", "must be longer than nothing, and at most " + MOST_TOLERANCE);
    }

    private Secrets secrets(YamlObject of) {
        List<String> secrets = new ArrayList<>();
        for (YamlObject secret : of.objects("secrets", 1, Secrets.MOST)) {
            secrets.add(places.secret(secret.only(Set.of("env", "file"))));
        }
        return new Secrets(secrets);
    }
}
