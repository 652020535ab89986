package io.millrace.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.TopicCheck.Use;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Input ORDERS = Input.of("orders", "Orders in.");
    private static final Input PRICES = Input.of("prices", "Prices in.").compacted();
    private static final Output BILLS = Output.to("bills", "Bills out.").lingering(Duration.ofMillis(3));
    private static final Output AGAIN = Output.backTo(ORDERS).named("orders-again");
    private static final ConfigOption<Integer> SIZE =
            ConfigOptions.key("size").intType().defaultValue(7).withDescription("How many.");
    private static final Job JOB = new Job(
            "billing",
            List.of(ORDERS, PRICES),
            List.of(BILLS, AGAIN),
            List.of(SIZE),
            Map.of("keys", "${data}/keys"),
            JobTest::build);

    private static void build(JobPipeline job) {
        var records = job.read(
                ORDERS, record -> new OutboundRecord(record.key(), record.value(), List.of()), JobPipeline.OUTBOUND);
        var prices = job.read(
                PRICES, record -> new OutboundRecord(record.key(), record.value(), List.of()), JobPipeline.OUTBOUND);
        job.rejectedBy(prices, ORDERS);
        job.write(records, BILLS);
        job.write(prices, AGAIN);
    }

    private static JobPipeline build(Map<String, String> values) {
        return JOB.build(environment(), Configuration.fromMap(values));
    }

    private static StreamExecutionEnvironment environment() {
        return JobEnvironment.prepare(new StreamExecutionEnvironment(
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "1 s"))));
    }

    @Test
    void whatIsDeletedFromAnErasableTopicIsGoneWithinAnHour() {
        Output keys = Output.to("keys", "Keys out.").erasable();
        Job job = new Job("keeper", List.of(), List.of(keys, BILLS), List.of(), pipeline -> {});

        Map<String, String> settings = job.topics().stream()
                .filter(topic -> topic.name().equals("keys"))
                .findFirst()
                .orElseThrow()
                .settings();
        long segment = Long.parseLong(settings.get("segment.ms"));
        long lag = Long.parseLong(settings.get("max.compaction.lag.ms"));
        assertThat(settings).containsEntry("cleanup.policy", "compact");
        assertThat(Duration.ofMillis(segment + lag)).isLessThan(Duration.ofHours(1));
        assertThat(job.topics())
                .filteredOn(topic -> topic.name().equals("bills"))
                .allMatch(topic -> topic.settings().isEmpty());
    }

    @Test
    void aTopicIsMadeAsWhatIsReadOfItNeeds() {
        Input calls =
                Input.of("calls", "Calls in.").keptFor(Duration.ofHours(2)).lettersLingering(Duration.ofMillis(9));
        Job job = new Job(
                "keeper",
                List.of(
                        calls,
                        Input.of("views", "Views in.").keepingLatest().judgedElsewhere(),
                        Input.beside(
                                ConfigOptions.key("topics.notes").stringType().defaultValue("notes"),
                                Duration.ofDays(1)),
                        Input.besideCompacted("rules", "Rules in."),
                        Input.erasable("secrets", "Secrets in.")),
                List.of(Output.to("log", "Log out.").keptFor(Duration.ofHours(1))),
                List.of(),
                pipeline -> {});

        Map<String, Map<String, String>> settings = job.topics().stream()
                .collect(Collectors.toMap(JobDescriptor.Topic::name, JobDescriptor.Topic::settings));
        assertThat(settings).containsOnlyKeys("calls", "calls-dlq", "views", "notes", "rules", "secrets", "log");
        assertThat(settings.get("calls"))
                .containsEntry("retention.ms", "7200000")
                .containsKey("segment.ms");
        assertThat(settings.get("calls-dlq")).containsEntry("retention.ms", "7200000");
        assertThat(settings.get("views")).containsEntry("cleanup.policy", "compact");
        assertThat(settings.get("notes")).isEqualTo(Map.of("retention.ms", "86400000"));
        assertThat(settings.get("rules")).containsEntry("cleanup.policy", "compact");
        assertThat(settings.get("secrets")).containsKey("max.compaction.lag.ms");
        assertThat(settings.get("log")).containsEntry("retention.ms", "3600000");
        assertThat(calls.deadLetters().linger()).isEqualTo(Duration.ofMillis(9));
    }

    @Test
    void whatIsReadByPatternAndWrittenByAddressIsOfTheGraph() {
        Output moved = Output.to("moved", "Moved out.");
        Output stuck = Output.to("stuck", "Stuck out.").besides(moved);
        ConfigOption<String> which =
                ConfigOptions.key("which").stringType().defaultValue("team-.*").withDescription("Topics.");
        List<Pattern> patterns = new ArrayList<>();
        Job job = new Job("mover", List.of(ORDERS), List.of(moved, stuck), List.of(which), pipeline -> {
            patterns.add(pipeline.pattern(which));
            pipeline.unhurried();
            pipeline.checkpointEvery(Duration.ofSeconds(7));
            var records = pipeline.readAll(patterns.get(0), OffsetsInitializer.latest(), "teams")
                    .union(pipeline.read("extra", "extra"))
                    .map(
                            record -> new AddressedRecord("moved", record.key(), record.value(), List.of()),
                            TypeInformation.of(AddressedRecord.class));
            pipeline.writeAddressed(records, moved, stuck);
        });

        StreamExecutionEnvironment env = environment();
        JobPipeline built = job.build(env, Configuration.fromMap(Map.of("which", "mine-.*")));

        assertThat(patterns).extracting(Pattern::pattern).containsExactly("mine-.*");
        assertThat(built.topics()).containsExactly("moved", "orders", "orders-dlq", "stuck");
        assertThat(built.uses())
                .containsExactlyInAnyOrder(
                        Use.read("orders"),
                        Use.read("extra"),
                        Use.write("moved", 1 << 20),
                        Use.write("stuck", 1 << 20));
        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(7_000);
        assertThat(env.getBufferTimeout()).isEqualTo(100);
    }

    @Test
    void whatIsNoPatternIsRefusedByTheNameOfItsSetting() {
        ConfigOption<String> which =
                ConfigOptions.key("which").stringType().defaultValue("(").withDescription("Topics.");
        Job badPattern = new Job("mover", List.of(), List.of(), List.of(which), pipeline -> pipeline.pattern(which));
        assertThatThrownBy(() -> badPattern.build(environment(), new Configuration()))
                .hasMessageStartingWith("which: is no regular expression: ");
    }

    @Test
    void itsSettingsAreThoseOfKafkaOfItsTopicsAndItsOwn() {
        assertThat(JOB.options())
                .extracting(ConfigOption::key)
                .containsExactly(
                        "kafka.bootstrap-servers",
                        "kafka.properties-file",
                        "delivery.default",
                        "delivery.transaction-timeout",
                        "max-record-size",
                        "input-clock.max-hold",
                        "kafka.group-id",
                        "topics.orders",
                        "topics.prices",
                        "topics.bills",
                        "topics.orders-dlq",
                        "topics.prices-dlq",
                        "size",
                        "delivery.bills",
                        "delivery.orders",
                        "delivery.orders-dlq",
                        "delivery.prices-dlq",
                        "delivery.transactional-id-prefix");
    }

    @Test
    void itsTopicsAreCheckedForWhatItDoesWithThem() {
        List<Use> uses = new ArrayList<>(
                build(Map.of("topics.bills", "mine", "max-record-size", "2 mb")).uses());

        assertThat(uses)
                .containsExactlyInAnyOrder(
                        Use.read("orders"),
                        Use.read("prices"),
                        Use.write("mine", 1 << 20),
                        Use.write("orders", 1 << 20),
                        Use.write("orders-dlq", 2 << 20),
                        Use.write("prices-dlq", 2 << 20));
    }

    @Test
    void anOutputDeliversAsItsOwnSettingSaysElseAsTheDefault() {
        JobPipeline job = build(Map.of(
                "delivery.default", "exactly-once",
                "delivery.bills", "at-least-once",
                "delivery.transactional-id-prefix", "eu"));

        assertThat(job.sink(BILLS, 5).delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(job.sink(BILLS, 5).linger()).isEqualTo(Duration.ofMillis(3));
        assertThat(job.sink(AGAIN, 5).delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(job.sink(AGAIN, 5).transactionalIdPrefix()).isEqualTo("eu-orders-again");
    }

    @Test
    void twoTopicsOfOneNameAreRefused() {
        assertThatThrownBy(() -> build(Map.of("topics.bills", "prices")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topics.bills: is \"prices\", as topics.prices is; each must be a topic of its own");
    }

    @Test
    void thePlatformLearnsWhatItHasToMake() {
        assertThat(JobDescriptor.of(JOB, JobTest.class).toJson())
                .isEqualTo(
                        """
                        {
                          "name" : "billing",
                          "main" : "io.millrace.jobs.runtime.JobTest",
                          "group" : "millrace-billing",
                          "inputs" : [ "orders", "prices" ],
                          "outputs" : [ "bills", "orders", "orders-dlq", "prices-dlq" ],
                          "topics" : [ {
                            "name" : "bills",
                            "partitions" : 0,
                            "dead_letters" : false,
                            "settings" : { }
                          }, {
                            "name" : "orders",
                            "partitions" : 0,
                            "dead_letters" : false,
                            "settings" : { }
                          }, {
                            "name" : "orders-dlq",
                            "partitions" : 0,
                            "dead_letters" : true,
                            "settings" : { }
                          }, {
                            "name" : "prices",
                            "partitions" : 1,
                            "dead_letters" : false,
                            "settings" : {
                              "cleanup.policy" : "compact"
                            }
                          }, {
                            "name" : "prices-dlq",
                            "partitions" : 0,
                            "dead_letters" : true,
                            "settings" : { }
                          } ],
                          "local_settings" : {
                            "keys" : "${data}/keys"
                          }
                        }
                        """);
    }
}
