package io.millrace.connectors.agents.llm;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.millrace.connectors.agents.http.HttpReply;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A reply as the Azure client reads it: of a refusal without its body, parts of which the client would log. */
final class LlmHttpResponse extends HttpResponse {
    private final HttpReply reply;
    private final byte[] body;
    private final HttpHeaders headers = new HttpHeaders();

    LlmHttpResponse(HttpRequest request, HttpReply reply) {
        super(request);
        this.reply = reply;
        this.body = reply.isOk() ? reply.body() : new byte[0];
        reply.headers().map().forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
    }

    /** All that came. */
    HttpReply reply() {
        return reply;
    }

    @Override
    public int getStatusCode() {
        return reply.status();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
        return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return BinaryData.fromBytes(body);
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return Mono.just(new String(body, charset));
    }

    /** All of it is in memory already. */
    @Override
    public HttpResponse buffer() {
        return this;
    }
}
