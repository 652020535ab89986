package io.millrace.local.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFuture;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFutureListener;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaders;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.LastHttpContent;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.QueryStringDecoder;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;

/** Stands before everything of one connection that looks at a request, and answers what {@link RestDoor} refuses. */
final class RestDoorHandler extends ChannelInboundHandlerAdapter {

    private final RestDoor door;
    /** The answer to a refused request; null while none was. */
    private ChannelFuture refused;

    RestDoorHandler(RestDoor door) {
        this.door = door;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused == null && message instanceof HttpRequest request) {
            door.refusal(read(request)).ifPresent(reason -> refused = answer(context, reason));
        }
        if (refused == null) {
            context.fireChannelRead(message);
            return;
        }
        // What was still being sent is read to its end: a client that is cut off does not get to see the answer.
        if (message instanceof LastHttpContent) {
            refused.addListener(ChannelFutureListener.CLOSE);
        }
        ReferenceCountUtil.release(message);
    }

    private static RestDoor.Request read(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return new RestDoor.Request(
                request.method().name(),
                new QueryStringDecoder(request.uri()).path(),
                headers.getAll(HttpHeaderNames.HOST),
                headers.getAll(HttpHeaderNames.ORIGIN),
                headers.getAll(HttpHeaderNames.AUTHORIZATION));
    }

    /** In the form of Flink's own errors. */
    private static ChannelFuture answer(ChannelHandlerContext context, String reason) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .set("errors", JsonNodeFactory.instance.arrayNode().add(reason))
                .toString();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.FORBIDDEN,
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, "close");
        return context.writeAndFlush(response);
    }
}
