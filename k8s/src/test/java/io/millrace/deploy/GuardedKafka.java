package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.Await;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker that asks everybody who they are, with topics, users and rights as the chart makes them, without TLS. */
final class GuardedKafka implements AutoCloseable {
    private static final String MOUNT = "/opt/millrace/kafka-credentials";
    private static final String PASSWORD = "of-this-test";
    private static final String ADMIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"admin\" password=\"admin\" user_admin=\"admin\";";
    private static final long LIMIT_SECONDS = 60;

    private final KafkaBroker broker;
    private final List<Manifest> manifests;
    private final Path secrets;

    private GuardedKafka(KafkaBroker broker, List<Manifest> manifests, Path secrets) {
        this.broker = broker;
        this.manifests = manifests;
        this.secrets = secrets;
    }

    static GuardedKafka start(Path directory, List<Manifest> manifests) throws Exception {
        KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka"))
                .setting("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .setting("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512")
                .setting("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .setting("listener.name.plaintext.plain.sasl.jaas.config", ADMIN)
                .setting(
                        "listener.name.plaintext.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;")
                .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                // The controller's listener, which only the broker reaches, asks nobody.
                .setting("super.users", "User:admin;User:ANONYMOUS")
                .start();
        GuardedKafka kafka = new GuardedKafka(broker, manifests, directory.resolve("secrets"));
        kafka.makeTopicsAndUsers();
        kafka.awaitUsers();
        return kafka;
    }

    /** Brokers learn of users a little after they were made. */
    private void awaitUsers() throws Exception {
        for (Manifest user : manifests) {
            if (user.kind().equals("KafkaUser")) {
                Map<String, Object> client = new HashMap<>(client(user.name()));
                client.put("bootstrap.servers", bootstrapServers());
                Await.until("that " + user.name() + " may connect", () -> mayConnect(client));
            }
        }
    }

    private static boolean mayConnect(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().nodes().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SaslAuthenticationException) {
                return false;
            }
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    private void makeTopicsAndUsers() throws Exception {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                ADMIN))) {
            List<NewTopic> topics = DeployedTopics.of(manifests).stream()
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                    .toList();
            admin.createTopics(topics).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            for (Manifest user : manifests) {
                if (user.kind().equals("KafkaUser")) {
                    admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                                    user.name(),
                                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                                    PASSWORD)))
                            .all()
                            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
                    admin.createAcls(rights(user)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static List<AclBinding> rights(Manifest user) {
        List<AclBinding> rights = new ArrayList<>();
        for (JsonNode acl : user.body().at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            boolean prefix = resource.path("patternType").asText().equals("prefix");
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.fromString(resource.path("type").asText().toUpperCase(Locale.ROOT)),
                    resource.path("name").asText(),
                    prefix ? PatternType.PREFIXED : PatternType.LITERAL);
            for (JsonNode operation : acl.path("operations")) {
                rights.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:" + user.name(), "*", operation(operation.asText()), AclPermissionType.ALLOW)));
            }
        }
        return rights;
    }

    private static AclOperation operation(String name) {
        return AclOperation.fromString(
                name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    /** The file that the ConfigMap has, for a user whose secret is mounted; without TLS. */
    Path clientProperties(String user) throws IOException {
        Path secret = Files.createDirectories(secrets.resolve(user));
        Files.writeString(
                secret.resolve("sasl.jaas.config"),
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + PASSWORD + "\";");
        String rendered = Project.find(manifests, "ConfigMap/millrace-kafka-client")
                .body()
                .at("/data/client.properties")
                .asText();
        String here = rendered.replace(MOUNT, secret.toString())
                .replace("SASL_SSL", "SASL_PLAINTEXT")
                .replaceAll("(?m)^ssl\\..*\\R", "");
        return Files.writeString(secrets.resolve(user + ".properties"), here);
    }

    /** The same, for a client in this process. */
    Map<String, String> client(String user) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(Files.readString(clientProperties(user))));
        return new HashMap<>(
                read.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, read::getProperty)));
    }

    @Override
    public void close() {
        broker.close();
    }
}
