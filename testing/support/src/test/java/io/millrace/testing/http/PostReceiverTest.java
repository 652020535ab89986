package io.millrace.testing.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.http.PostReceiver.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class PostReceiverTest {

    @Test
    void itRemembersWhatCameAndAnswersAsItIsTold() throws Exception {
        try (PostReceiver receiver = new PostReceiver()) {
            receiver.answer(post -> Answer.of(503, "Retry-After", "7"));
            HttpResponse<String> reply = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(receiver.url() + "/a?b=c"))
                                    .setHeader("X-Of", "a test")
                                    .POST(HttpRequest.BodyPublishers.ofString("hello"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.headers().firstValue("retry-after")).hasValue("7");
            PostReceiver.Post post = receiver.posts().get(0);
            assertThat(post.path()).isEqualTo("/a?b=c");
            assertThat(post.header("X-of")).isEqualTo("a test");
            assertThat(post.header("Other")).isNull();
            assertThat(post.text()).isEqualTo("hello");
        }
    }
}
