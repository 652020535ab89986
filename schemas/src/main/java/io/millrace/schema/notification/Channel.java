package io.millrace.schema.notification;

import io.millrace.schema.event.Field;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.Uuid5;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One way to reach somebody.
 *
 * @param address a URL, or an address of mail; null for a Slack webhook whose URL is a secret
 * @param about empty for everything
 * @param secret the name of a secret, never the secret itself; null for none
 */
public record Channel(
        @Field(
                        title = "Kind",
                        description = "webhook, email, or slack: a webhook that takes messages as Slack's do.",
                        example = "\"webhook\"")
                ChannelKind kind,
        @Field(
                        title = "Address",
                        description = "A URL, or an address of mail. Of slack it may be a secret instead.",
                        min = 1,
                        max = Channel.MAX_ADDRESS,
                        optional = true,
                        example = "\"https://hooks.example.com/ann\"")
                String address,
        @Field(
                        title = "About",
                        description = "Of what it tells: reminders, approvals, escalations, alerts; empty for all.",
                        max = 4,
                        optional = true,
                        example = "[\"reminders\", \"approvals\"]")
                List<About> about,
        @Field(
                        title = "Secret",
                        description =
                                "The name of what a webhook is signed with, or of the URL of slack; never the secret"
                                        + " itself.",
                        min = 1,
                        max = 60,
                        optional = true,
                        example = "\"hooks\"")
                String secret) {

    public static final int MAX_ADDRESS = 2_000;

    private static final int MAX_MAIL_ADDRESS = 254;
    private static final UUID CHANNELS = UUID.fromString("6a4d9ef7-02a8-5a53-8c0e-3f9d0f8f51b4");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*");
    /** An ordinary mailbox (RFC 5321 §4.1.2) without quoted parts, comments and addresses in brackets. */
    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    /** @throws IllegalArgumentException naming the field that is wrong */
    public Channel {
        about = about == null ? List.of() : List.copyOf(about);
        if (secret != null && !SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("secret: must be letters, digits, '_', and single '-' between them");
        }
        if (kind == ChannelKind.EMAIL) {
            requireMail(address);
            if (secret != null) {
                throw new IllegalArgumentException("secret: an e-mail has none");
            }
        } else if (kind == ChannelKind.WEBHOOK || address != null) {
            requireUrl(address);
        } else if (secret == null) {
            throw new IllegalArgumentException("address: missing; a URL, or secret: the name of one");
        }
    }

    private static void requireMail(String address) {
        if (address == null) {
            throw new IllegalArgumentException("address: missing");
        }
        if (address.length() > MAX_MAIL_ADDRESS || !MAIL.matcher(address).matches()) {
            throw new IllegalArgumentException("address: must be an address of mail, such as ann@example.com");
        }
    }

    private static void requireUrl(String address) {
        if (address == null) {
            throw new IllegalArgumentException("address: missing");
        }
        URI url;
        try {
            url = new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("address: must be a URL");
        }
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "address: must be a URL that begins with https:// and a host, without user information and fragment");
        }
    }

    /** By which records of deliveries name it: it says nothing of the address. */
    public String id() {
        String where = address == null ? "secret " + secret : address;
        return Uuid5.of(CHANNELS, RecordKey.of(kind.name(), where)).toString();
    }

    /** Whether it tells of such. */
    public boolean tells(About what) {
        return about.isEmpty() || about.contains(what);
    }
}
