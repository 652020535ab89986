package io.millrace.local.platform;

import io.millrace.testing.flink.RestSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFutureListener;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaders;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpServerCodec;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;

/**
 * Decides which requests reach Flink's REST API, which runs any jar it is given and asks nobody who they are. Whoever can open the
 * dashboard may look; what changes something needs the platform's secret. Pages of other origins, which a browser on this machine
 * may have open, get nothing, also not under a host name of theirs that leads here (DNS rebinding).
 */
final class RestDoor extends ChannelInboundHandlerAdapter {

    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<HttpMethod> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    /** Flink answers to these by GET as well, for an old proxy of YARN, and they cancel and stop jobs. */
    private static final String CHANGING_BY_GET = "/yarn-";

    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

    private final byte[] authorization;
    private boolean refused;

    RestDoor(String secret) {
        this.authorization = RestSecret.authorization(secret).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        String problem = message instanceof HttpRequest request ? problem(request) : null;
        if (problem == null) {
            context.fireChannelRead(message);
            return;
        }
        refused = true;
        ReferenceCountUtil.release(message);
        refuse(context, problem);
    }

    /** Why the request may not pass, for whoever reads the answer; null when it may. */
    String problem(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String host = headers.get(HttpHeaderNames.HOST, "");
        if (headers.getAll(HttpHeaderNames.HOST).size() != 1 || !HOSTS.contains(withoutPort(host))) {
            return "this address answers to localhost only, not to \"" + host + "\"";
        }
        for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
            if (!origin.equals("http://" + host)) {
                return "pages of other origins may not use this address";
            }
        }
        String site = headers.get("Sec-Fetch-Site");
        boolean navigation = "navigate".equals(headers.get("Sec-Fetch-Mode"));
        if (site != null && !SAME_SITE.contains(site) && !navigation) {
            return "pages of other sites may not use this address";
        }
        boolean looks = LOOKING.contains(request.method()) && !path(request).contains(CHANGING_BY_GET);
        if (looks || isAuthorized(headers)) {
            return null;
        }
        return "what changes the cluster needs the secret of this platform, which its owner's command line has:"
                + " use ./millrace savepoint and ./millrace redeploy";
    }

    /** Decoded as far as anybody might decode it: a path that hides what it is does not become harmless by it. */
    private static String path(HttpRequest request) {
        try {
            String path = URI.create(request.uri()).getPath();
            return path == null ? CHANGING_BY_GET : path;
        } catch (IllegalArgumentException e) {
            return CHANGING_BY_GET;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private boolean isAuthorized(HttpHeaders headers) {
        String given = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        return MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(ChannelHandlerContext context, String problem) {
        byte[] body = ("{\"errors\":[\"" + problem.replace("\\", "").replace("\"", "'") + "\"]}")
                .getBytes(StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Flink adds handlers of others behind the one that writes uploads to disk; the door has to stand before it. */
    static final class Installer extends ChannelHandlerAdapter {

        private final String secret;

        Installer(String secret) {
            this.secret = secret;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            String codec = context.pipeline().context(HttpServerCodec.class).name();
            context.pipeline().addAfter(codec, "millrace-door", new RestDoor(secret));
            context.pipeline().remove(this);
        }
    }
}
