package io.millrace.jobs.conversations;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.logic.conversation.BusinessHours;
import io.millrace.logic.conversation.ConversationSettings;
import io.millrace.logic.vault.VaultSettings;
import io.millrace.operators.conversation.VaultKeys;
import io.millrace.schema.wire.Zones;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** What the job can be told. */
final class ConversationOptions {
    static final ConfigOption<String> WORKFLOW = key("workflow")
            .stringType()
            .defaultValue("customer-turn")
            .withDescription("The workflow that answers a turn, its highest version.");
    static final ConfigOption<Duration> QUIET = duration(
            "quiet-time", Duration.ofMillis(1_500), "For how long a customer has to be silent before a turn begins.");
    static final ConfigOption<Duration> PATIENCE = duration(
            "patience",
            Duration.ofSeconds(15),
            "For how long a customer who goes on writing is waited for, or has a turn begun anew.");
    static final ConfigOption<Duration> TURN_TIMEOUT = duration(
            "turn-timeout", Duration.ofMinutes(2), "After which a turn that nothing is heard of counts as failed.");
    static final ConfigOption<Integer> TURN_ATTEMPTS = key("turn-attempts")
            .intType()
            .defaultValue(3)
            .withDescription("How many turns in a row may fail before a person is asked.");
    static final ConfigOption<Integer> MAX_TURNS = key("max-turns")
            .intType()
            .defaultValue(100)
            .withDescription("After how many turns of a conversation a person is asked.");
    static final ConfigOption<Long> MAX_COST = key("max-cost")
            .longType()
            .defaultValue(2_000_000L)
            .withDescription("At what cost of a conversation a person is asked, in millionths of the currency.");
    static final ConfigOption<String> HOURS = key("business-hours")
            .stringType()
            .defaultValue("Mon-Fri 09:00-17:00")
            .withDescription(
                    "When people answer: days and hours such as Mon-Fri 09:00-17:00, Sat 10:00-14:00; or always.");
    static final ConfigOption<String> TIME_ZONE =
            key("time-zone").stringType().defaultValue("UTC").withDescription("By whose clock.");
    static final ConfigOption<Duration> PERSON_WITHIN = duration(
            "person-within",
            Duration.ofHours(1),
            "Within what of those hours a person is to answer; an escalation is urgent then.");
    static final ConfigOption<Duration> REMIND_AFTER = duration(
            "remind-after",
            Duration.ZERO,
            "After how long a silence a customer is asked whether there is more; 0 s for never.");
    static final ConfigOption<Duration> CLOSE_AFTER =
            duration("close-after", Duration.ofDays(7), "After how long a silence a conversation is closed.");
    static final ConfigOption<Duration> FORGET_AFTER = duration(
            "forget-after",
            Duration.ofDays(30),
            "For how long what was said in a conversation that is closed is remembered.");
    static final ConfigOption<String> LINK = key("link")
            .stringType()
            .defaultValue("")
            .withDescription("Where people see a conversation: a URL with {conversation} and, if need be, {tenant}.");
    static final ConfigOption<String> TOKEN_KEY_FILE = key(VaultKeys.TOKEN_KEY_FILE)
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "File on every TaskManager with the key that tokens of personal data are made with, at least 32 bytes; that of"
                            + " the audit, if tokens in the lake are to be the same.");
    static final ConfigOption<String> MASTER_KEY_FILE = key(VaultKeys.MASTER_KEY_FILE)
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "File on every TaskManager with the master keys of the vault, 64 hexadecimal digits a line, or the URL of a key in Azure"
                            + " Key Vault and what it wrapped: the first wraps the keys of conversations, all unwrap.");
    static final ConfigOption<Boolean> ACCEPT_LOST_KEYS = key(VaultKeys.ACCEPT_LOST_KEYS)
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether to go on where keys are wrapped by a master key that is not in the file; else the job does not start.");
    static final ConfigOption<Duration> VAULT_TTL = duration(
            "vault.time-to-live",
            VaultSettings.DEFAULTS.timeToLive(),
            "For how long personal data of a conversation is kept that nobody uses.");
    static final ConfigOption<Duration> DELETE_AGAIN = duration(
            "vault.delete-again-after",
            VaultSettings.DEFAULTS.deleteAgainAfter(),
            "When keys that were thrown away are deleted once more, so that Kafka compacts them away: longer than segment.ms of their topic.");

    static final List<ConfigOption<?>> ALL = List.of(
            WORKFLOW,
            QUIET,
            PATIENCE,
            TURN_TIMEOUT,
            TURN_ATTEMPTS,
            MAX_TURNS,
            MAX_COST,
            HOURS,
            TIME_ZONE,
            PERSON_WITHIN,
            REMIND_AFTER,
            CLOSE_AFTER,
            FORGET_AFTER,
            LINK,
            TOKEN_KEY_FILE,
            MASTER_KEY_FILE,
            ACCEPT_LOST_KEYS,
            VAULT_TTL,
            DELETE_AGAIN);

    private ConversationOptions() {}

    private static ConfigOption<Duration> duration(String name, Duration value, String description) {
        return key(name).durationType().defaultValue(value).withDescription(description);
    }

    /** @throws IllegalArgumentException naming the setting that is wrong */
    static ConversationSettings conversations(Configuration values) {
        return new ConversationSettings(
                values.get(WORKFLOW),
                notNegative(values, QUIET),
                notNegative(values, PATIENCE),
                notNegative(values, TURN_TIMEOUT),
                values.get(TURN_ATTEMPTS),
                values.get(MAX_TURNS),
                values.get(MAX_COST),
                hours(values),
                notNegative(values, PERSON_WITHIN),
                notNegative(values, REMIND_AFTER),
                notNegative(values, CLOSE_AFTER),
                notNegative(values, FORGET_AFTER),
                values.get(LINK));
    }

    private static Duration notNegative(Configuration values, ConfigOption<Duration> option) {
        Duration value = values.get(option);
        if (value.isNegative()) {
            throw new IllegalArgumentException(option.key() + ": must not be negative, is " + value);
        }
        return value;
    }

    private static BusinessHours hours(Configuration values) {
        ZoneId zone = named(TIME_ZONE, () -> Zones.named(values.get(TIME_ZONE)));
        return named(HOURS, () -> BusinessHours.parse(values.get(HOURS), zone));
    }

    private static <T> T named(ConfigOption<?> option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option.key() + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException naming the setting that is wrong */
    static VaultSettings vault(Configuration values) {
        try {
            return new VaultSettings(values.get(VAULT_TTL), values.get(DELETE_AGAIN));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(VAULT_TTL.key() + ", " + DELETE_AGAIN.key() + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when it is not set */
    static String file(Configuration values, ConfigOption<String> option) {
        String file = values.get(option);
        if (file == null) {
            throw new IllegalArgumentException(option.key() + ": not set");
        }
        return file;
    }
}
