package io.millrace.local.cli;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.LineSource;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.schema.wire.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Loads the classes that short commands need, for the launcher, which has Java keep them in an archive: a command that
 * reads them from their jars takes twice as long. No Kafka and no Flink is asked.
 */
final class ClassArchive {

    private static final Duration UNANSWERED = Duration.ofMillis(500);

    private ClassArchive() {}

    public static void main(String[] args) throws IOException {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setErr(System.out);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Main.run("help", "tail");
            Main.run("status", "--kafka", "localhost:1", "--flink", "localhost:1");
            KafkaConnection kafka = KafkaConnection.to("localhost:" + silent.getLocalPort());
            checkLine(kafka);
            connect(kafka);
        }
    }

    private static void checkLine(KafkaConnection kafka) throws IOException {
        byte[] line = "{\"event_type\":\"task.created\"}".getBytes(StandardCharsets.UTF_8);
        try (LineSource lines = LineSource.spool(new ByteArrayInputStream(line), "line")) {
            new TopicPublisher(kafka, Topics.TASK_EVENTS, null).publish(lines, false, problem -> {});
        }
    }

    private static void connect(KafkaConnection kafka) {
        KafkaProducer<byte[], byte[]> producer = kafka.producer();
        Admin admin = kafka.admin();
        admin.listTopics();
        KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null);
        try {
            consumer.listTopics(UNANSWERED);
        } catch (TimeoutException e) {
            // Nobody answers here; what asking takes has been loaded.
        }
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
        producer.close(Duration.ZERO);
    }
}
