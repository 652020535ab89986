package io.millrace.jobs.agents;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.gate.GateSettings;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Every setting of the agents job. docs/agents.md lists them, and a test compares. */
final class AgentsOptions {

    static final ConfigOption<List<String>> TENANTS = key("tenants")
            .stringType()
            .asList()
            .defaultValues()
            .withDescription(
                    "Tenants whose calls are read from <tenant>.agent-calls alone, separated by semicolons; calls of"
                            + " the others are read from agent-calls.");
    static final ConfigOption<List<String>> REPLY_TOPICS = key("reply-topic-prefixes")
            .stringType()
            .asList()
            .defaultValues(Topics.AGENT_RESULTS + "-", Topics.WORKFLOW_INBOX)
            .withDescription(
                    "A call's reply_to may name topics that begin with one of these, separated by semicolons.");

    static final ConfigOption<Duration> UNKNOWN_AGENT_WAIT = key("unknown-agent-wait")
            .durationType()
            .defaultValue(CallSettings.DEFAULTS.unknownAgentWait())
            .withDescription("For how long a call waits for the registration of its agent.");
    static final ConfigOption<Duration> DEDUP_WINDOW = key("dedup-window")
            .durationType()
            .defaultValue(CallSettings.DEFAULTS.dedupWindow())
            .withDescription(
                    "For how long of log time the key of a call that has ended is remembered; no approval may hold for longer.");

    static final ConfigOption<Integer> GATE_CONCURRENT = key("gate.concurrent")
            .intType()
            .defaultValue(GateSettings.DEFAULTS.concurrent())
            .withDescription("How many attempts of an agent run at once when its definition does not say.");
    static final ConfigOption<Integer> GATE_QUEUE_LENGTH = key("gate.queue-length")
            .intType()
            .defaultValue(GateSettings.DEFAULTS.queueLength())
            .withDescription("How many attempts may wait for an agent.");
    static final ConfigOption<MemorySize> GATE_QUEUE_SIZE = key("gate.queue-size")
            .memoryType()
            .defaultValue(new MemorySize(GateSettings.DEFAULTS.queueBytes()))
            .withDescription("How much the inputs of those may be together, as characters of two bytes.");
    static final ConfigOption<MemorySize> GATE_RUNNING_SIZE = key("gate.running-size")
            .memoryType()
            .defaultValue(new MemorySize(GateSettings.DEFAULTS.runningBytes()))
            .withDescription("The same of the attempts of an agent that run at once; a larger one runs alone.");
    static final ConfigOption<Integer> CIRCUIT_WINDOW = key("gate.circuit-window")
            .intType()
            .defaultValue(GateSettings.DEFAULTS.circuitWindow())
            .withDescription("By how many of its last attempts an agent is judged, at most 64.");
    static final ConfigOption<Integer> CIRCUIT_FAILURES = key("gate.circuit-failures")
            .intType()
            .defaultValue(GateSettings.DEFAULTS.circuitFailures())
            .withDescription("How many failures among them open its circuit.");
    static final ConfigOption<Duration> CIRCUIT_OPEN_FOR = key("gate.circuit-open-for")
            .durationType()
            .defaultValue(GateSettings.DEFAULTS.circuitOpenFor())
            .withDescription("For how long an agent is left alone then.");
    static final ConfigOption<Duration> RELEASE_AFTER = key("gate.release-after")
            .durationType()
            .defaultValue(GateSettings.DEFAULTS.releaseAfter())
            .withDescription("How long after its deadline a reservation without an outcome is given up.");

    static final ConfigOption<Integer> CAPACITY = key("attempts.capacity")
            .intType()
            .defaultValue(10_000)
            .withDescription(
                    "How many attempts one subtask has under way, a large input counting as one for each 16 KiB;"
                            + " no tenant gets all of it, and who finds no room is overloaded.");
    static final ConfigOption<Integer> IN_PROCESS_THREADS = key("in-process.threads")
            .intType()
            .defaultValue(4)
            .withDescription("On how many threads a subtask calls agents in its process.");
    static final ConfigOption<Integer> IN_PROCESS_QUEUE = key("in-process.queue-length")
            .intType()
            .defaultValue(10_000)
            .withDescription("How many of these calls may wait for a thread.");

    static final ConfigOption<String> COSTS_FILE = key("costs-file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "YAML file with prices of models and budgets of tenants; read where the job is submitted.");
    static final ConfigOption<String> KEYS_DIRECTORY = key("keys.directory")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Directory with a file for each key that transports need, and NAME.hosts with the hosts that it may be sent to,"
                            + " on every TaskManager.");
    static final ConfigOption<List<String>> ALLOWED_HOSTS = key("http.allowed-hosts")
            .stringType()
            .asList()
            .defaultValues()
            .withDescription("Hosts that definitions may name: names, addresses, or *.suffix, separated by semicolons;"
                    + " without any, all.");
    static final ConfigOption<List<String>> ALLOWED_NETWORKS = key("http.allowed-networks")
            .stringType()
            .asList()
            .defaultValues()
            .withDescription(
                    "Addresses besides those of the internet to which such hosts may lead, such as 10.1.0.0/16,"
                            + " separated by semicolons.");
    static final ConfigOption<String> APPROVAL_KEY_FILE = key("approval.key-file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "File on every TaskManager with the key of approvals, at least 32 bytes; without it none is valid.");

    static final ConfigOption<String> LLM_ENDPOINT = key("llm.endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription("URL of the LLM service; https, or http on this machine.");
    static final ConfigOption<LlmApi> LLM_API = key("llm.api")
            .enumType(LlmApi.class)
            .defaultValue(LlmApi.AZURE)
            .withDescription("Whose API it speaks: azure, or openai and what is compatible with it.");
    static final ConfigOption<String> LLM_DEPLOYMENT = key("llm.deployment")
            .stringType()
            .noDefaultValue()
            .withDescription("Deployment, or model, for agents that name none.");
    static final ConfigOption<LlmCredential> LLM_CREDENTIAL = key("llm.credential")
            .enumType(LlmCredential.class)
            .defaultValue(LlmCredential.NONE)
            .withDescription("How it knows the job: none, key, or managed_identity (Azure).");
    static final ConfigOption<String> LLM_KEY =
            key("llm.key").stringType().noDefaultValue().withDescription("Name of the key, for llm.credential: key.");
    static final ConfigOption<String> LLM_IDENTITY = key("llm.identity-client-id")
            .stringType()
            .noDefaultValue()
            .withDescription("Client id of a user-assigned managed identity; otherwise the system's.");
    static final ConfigOption<List<String>> NATS_SERVERS = key("nats.servers")
            .stringType()
            .asList()
            .defaultValues()
            .withDescription("URLs of the NATS servers, separated by semicolons.");
    static final ConfigOption<String> NATS_CREDENTIALS = key("nats.credentials")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of the key that holds a credentials file of NATS.");
    static final ConfigOption<String> NATS_KEY = key("nats.key")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of the key that holds a token of NATS, where there is no credentials file.");
    static final ConfigOption<List<String>> REQUEST_TOPICS = key("topic-agents.request-topic-prefixes")
            .stringType()
            .asList()
            .defaultValues(Topics.AGENT_REQUESTS_PREFIX)
            .withDescription(
                    "Definitions may name topics, from which agents take requests, that begin with one of these,"
                            + " separated by semicolons.");
    static final ConfigOption<String> REPLY_TOPIC = key("topic-agents.reply-topic")
            .stringType()
            .defaultValue(Topics.AGENT_REPLIES)
            .withDescription("Where such agents answer; each job has one of its own.");

    static final ConfigOption<List<String>> NOTIFY_HOSTS = key("notify.allowed-hosts")
            .stringType()
            .asList()
            .defaultValues()
            .withDescription(
                    "Hosts to which people may have notifications posted: names, addresses, or *.suffix, separated by"
                            + " semicolons; without any, none.");
    static final ConfigOption<List<String>> NOTIFY_MAIL_DOMAINS = key("notify.mail-domains")
            .stringType()
            .asList()
            .defaultValues()
            .withDescription("Domains to which notifications may be mailed, in the same way; without any, none.");
    static final ConfigOption<String> NOTIFY_MAIL_FROM =
            key("notify.mail-from").stringType().noDefaultValue().withDescription("The address that mail comes from.");
    static final ConfigOption<String> NOTIFY_SMTP_SERVER = key("notify.smtp-server")
            .stringType()
            .noDefaultValue()
            .withDescription("The SMTP server that takes mail, host:port; without it none is sent.");
    static final ConfigOption<String> NOTIFY_SMTP_SECURITY = key("notify.smtp-security")
            .stringType()
            .defaultValue("starttls")
            .withDescription("How it is spoken to: starttls, tls from the first byte, or none, on this machine alone.");
    static final ConfigOption<String> NOTIFY_SMTP_USER = key("notify.smtp-user")
            .stringType()
            .noDefaultValue()
            .withDescription("The user by whom mail is sent; without it there is no login.");
    static final ConfigOption<String> NOTIFY_SMTP_KEY = key("notify.smtp-key")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of the key, in keys.directory, that holds the user's password.");

    static final ConfigOption<String> TRACING_ENDPOINT = key("tracing.otlp-endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription("URL of a collector of traces, OTLP over HTTP; without it there are none.");
    static final ConfigOption<Double> TRACING_SAMPLE_RATIO = key("tracing.sample-ratio")
            .doubleType()
            .defaultValue(1.0)
            .withDescription("How many of the calls without a trace of their caller are traced, 0 to 1.");
    static final ConfigOption<String> TRACING_SERVICE_NAME = key("tracing.service-name")
            .stringType()
            .defaultValue("millrace-agents")
            .withDescription("Whose spans they are.");
    static final ConfigOption<String> TRACING_HEADERS_FILE = key("tracing.headers-file")
            .stringType()
            .noDefaultValue()
            .withDescription("Properties file on every TaskManager with headers that the collector wants.");

    /** Beside those of topics, which follow from what the job reads and writes. */
    static final List<ConfigOption<?>> ALL = List.of(
            TENANTS,
            REPLY_TOPICS,
            UNKNOWN_AGENT_WAIT,
            DEDUP_WINDOW,
            GATE_CONCURRENT,
            GATE_QUEUE_LENGTH,
            GATE_QUEUE_SIZE,
            GATE_RUNNING_SIZE,
            CIRCUIT_WINDOW,
            CIRCUIT_FAILURES,
            CIRCUIT_OPEN_FOR,
            RELEASE_AFTER,
            CAPACITY,
            IN_PROCESS_THREADS,
            IN_PROCESS_QUEUE,
            COSTS_FILE,
            KEYS_DIRECTORY,
            ALLOWED_HOSTS,
            ALLOWED_NETWORKS,
            APPROVAL_KEY_FILE,
            LLM_ENDPOINT,
            LLM_API,
            LLM_DEPLOYMENT,
            LLM_CREDENTIAL,
            LLM_KEY,
            LLM_IDENTITY,
            NATS_SERVERS,
            NATS_CREDENTIALS,
            NATS_KEY,
            REQUEST_TOPICS,
            NOTIFY_HOSTS,
            NOTIFY_MAIL_DOMAINS,
            NOTIFY_MAIL_FROM,
            NOTIFY_SMTP_SERVER,
            NOTIFY_SMTP_SECURITY,
            NOTIFY_SMTP_USER,
            NOTIFY_SMTP_KEY,
            TRACING_ENDPOINT,
            TRACING_SAMPLE_RATIO,
            TRACING_SERVICE_NAME,
            TRACING_HEADERS_FILE);

    private AgentsOptions() {}
}
