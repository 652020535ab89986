package io.millrace.connectors.agents.nats;

import io.millrace.connectors.agents.SettingsFields;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Where requests to an agent on NATS go: to a subject, or to an endpoint of a service, which is discovered.
 *
 * @param subject null when there is a service
 * @param service null when there is a subject
 * @param endpoint of the service; null for its first
 */
public record NatsAgent(String subject, String service, String endpoint) {
    private static final int MAX_SUBJECT = 500;
    private static final int MAX_NAME = 100;
    private static final Pattern SUBJECT = Pattern.compile("[^\\s.*>]+(\\.[^\\s.*>]+)*");
    /** As services must be named (NATS ADR-32). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /** @throws RejectedEventException naming the field that is wrong */
    public static NatsAgent read(String settings) throws RejectedEventException {
        String[] parts = new String[3];
        new SettingsFields()
                .with("subject", (field, json) -> parts[0] = subject(field, json))
                .with("service", (field, json) -> parts[1] = name(field, json))
                .with("endpoint", (field, json) -> parts[2] = name(field, json))
                .read(settings);
        if (parts[0] == null && parts[1] == null) {
            throw SettingsFields.wrong("subject", "missing, and there is no service either");
        }
        if (parts[0] != null && (parts[1] != null || parts[2] != null)) {
            throw SettingsFields.wrong("subject", "cannot be there together with service or endpoint");
        }
        return new NatsAgent(parts[0], parts[1], parts[2]);
    }

    private static String subject(String field, JsonEvent json) throws IOException, RejectedEventException {
        String subject = json.identifier(field, MAX_SUBJECT);
        if (!isSubject(subject)) {
            throw json.invalid(field, "must be a subject: words separated by '.', without blanks and wildcards");
        }
        return subject;
    }

    /** Whether requests may go to it: one subject without wildcards, which is not NATS's own. */
    static boolean isSubject(String subject) {
        return subject.length() <= MAX_SUBJECT
                && SUBJECT.matcher(subject).matches()
                && subject.chars().noneMatch(Character::isISOControl)
                && !subject.startsWith("$");
    }

    private static String name(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.string(field, 1, MAX_NAME);
        if (!NAME.matcher(name).matches()) {
            throw json.invalid(field, "must be letters, digits, '_' and '-'");
        }
        return name;
    }
}
