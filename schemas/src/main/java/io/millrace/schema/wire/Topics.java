package io.millrace.schema.wire;

/** The names of the topics, unless configured otherwise. */
public final class Topics {
    public static final String TASK_EVENTS = "task-events";
    public static final String REMINDERS = "reminders";
    public static final String TASK_UPDATES = "task-updates";
    public static final String DEAD_LETTER_SUFFIX = "-dlq";
    public static final String TASK_EVENTS_DLQ = TASK_EVENTS + DEAD_LETTER_SUFFIX;

    public static final String TASK_UPDATES_DLQ = TASK_UPDATES + DEAD_LETTER_SUFFIX;
    public static final String DIGESTS = "digests";

    public static final String AUDIT_ANCHORS = "audit-anchors";

    public static final String ANALYTICS = "analytics";

    public static final String AGENT_CALLS = "agent-calls";
    public static final String AGENT_REGISTRY = "agent-registry";
    public static final String AGENT_OUTCOMES = "agent-outcomes";
    public static final String AGENT_RESULTS = "agent-results";
    public static final String AGENT_CALLS_DLQ = AGENT_CALLS + DEAD_LETTER_SUFFIX;
    public static final String AGENT_REGISTRY_DLQ = AGENT_REGISTRY + DEAD_LETTER_SUFFIX;
    public static final String AGENT_OUTCOMES_DLQ = AGENT_OUTCOMES + DEAD_LETTER_SUFFIX;

    /** Where agents that are workers on a topic answer. */
    public static final String AGENT_REPLIES = "agent-replies";
    /** How the names of the topics begin from which such agents take requests. */
    public static final String AGENT_REQUESTS_PREFIX = "agent-requests-";

    public static final String LAG_SAMPLES = "lag-samples";
    public static final String SLO_DEFINITIONS = "slo-definitions";
    public static final String SLO_ALERTS = "slo-alerts";
    public static final String SLO_STATUS = "slo-status";

    public static final String WORKFLOW_DEFINITIONS = "workflow-definitions";
    public static final String WORKFLOW_COMMANDS = "workflow-commands";
    public static final String APPROVAL_DECISIONS = "approval-decisions";
    /** Everything that runs decide by. */
    public static final String WORKFLOW_INBOX = "workflow-inbox";

    public static final String APPROVAL_REQUESTS = "approval-requests";
    public static final String WORKFLOW_EVENTS = "workflow-events";
    public static final String WORKFLOW_RUNS = "workflow-runs";
    /** What runs tell the world. */
    public static final String WORKFLOW_EMITTED = "workflow-emitted";

    public static final String WORKFLOW_DEFINITIONS_DLQ = WORKFLOW_DEFINITIONS + DEAD_LETTER_SUFFIX;
    public static final String WORKFLOW_COMMANDS_DLQ = WORKFLOW_COMMANDS + DEAD_LETTER_SUFFIX;
    public static final String APPROVAL_DECISIONS_DLQ = APPROVAL_DECISIONS + DEAD_LETTER_SUFFIX;
    public static final String WORKFLOW_INBOX_DLQ = WORKFLOW_INBOX + DEAD_LETTER_SUFFIX;

    /** What channels and desks tell, with personal data in it. */
    public static final String CONVERSATION_EVENTS = "conversation-events";
    /** Everything that conversations decide by, without personal data. */
    public static final String CONVERSATION_INBOX = "conversation-inbox";
    /** The keys of what is sealed, wrapped; deleted when a conversation is erased. */
    public static final String CONVERSATION_KEYS = "conversation-keys";
    /** What customers are told, with their personal data in it. */
    public static final String CONVERSATION_REPLIES = "conversation-replies";

    public static final String ESCALATIONS = "escalations";
    public static final String CONVERSATION_UPDATES = "conversation-updates";
    public static final String CONVERSATION_EVENTS_DLQ = CONVERSATION_EVENTS + DEAD_LETTER_SUFFIX;
    public static final String CONVERSATION_INBOX_DLQ = CONVERSATION_INBOX + DEAD_LETTER_SUFFIX;
    public static final String WORKFLOW_RUNS_DLQ = WORKFLOW_RUNS + DEAD_LETTER_SUFFIX;

    /** What agents answer customers from. */
    public static final String KNOWLEDGE_DOCUMENTS = "knowledge-documents";

    /** Flags as flagd knows them: one definition to a record, by the flag's key. */
    public static final String FLAGS = "flags";

    public static final String ROLLOUT_DEFINITIONS = "rollout-definitions";
    public static final String ROLLOUT_COMMANDS = "rollout-commands";
    public static final String HEALTH_SIGNALS = "health-signals";
    /** Everything that roll-outs decide by. */
    public static final String ROLLOUT_INBOX = "rollout-inbox";

    public static final String ROLLOUT_EVENTS = "rollout-events";
    public static final String ROLLOUT_STATUS = "rollout-status";
    public static final String NOTIFICATION_PREFERENCES = "notification-preferences";
    /** What became of notifications. */
    public static final String NOTIFICATIONS = "notifications";

    private Topics() {}
}
