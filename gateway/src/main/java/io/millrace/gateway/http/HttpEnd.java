package io.millrace.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BlockingArrayQueue;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the network: Jetty, bounded in connections, threads, headers, and how slow somebody may be. */
public final class HttpEnd implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEnd.class);
    private static final int CONNECTIONS = 1_000;
    private static final int THREADS = 32;
    private static final int WAITING = 512;
    private static final int IDLE_MILLIS = 30_000;
    private static final int HEADER_BYTES = 24 * 1024;
    /** For a body, whose reader holds a thread. */
    private static final Duration BODY_LIMIT = Duration.ofSeconds(20);

    private static final int PASSED_OVER = 1 << 20;

    private static final int STOP_MILLIS = 2_000;

    private final Server server;
    private final ServerConnector connector;

    /** @param address port 0 for any free one */
    public HttpEnd(InetSocketAddress address, Dispatcher dispatcher) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4, IDLE_MILLIS, new BlockingArrayQueue<>(WAITING));
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        server.setHandler(new Ask(dispatcher));
        server.setErrorHandler(HttpEnd::refuse);
        server.setStopTimeout(STOP_MILLIS);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        // Ids are any text, and no path here leads to a file.
        configuration.setUriCompliance(UriCompliance.DEFAULT.with(
                "ids",
                Violation.AMBIGUOUS_PATH_SEPARATOR,
                Violation.AMBIGUOUS_PATH_ENCODING,
                Violation.SUSPICIOUS_PATH_CHARACTERS));
        return configuration;
    }

    /** @throws IOException when the address can't be had */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // What is under way after that time is cut off.
            LOG.warn("Requests were cut off: {}", e.toString());
        }
    }

    /** What is no request that anybody could read, Jetty refuses by itself. */
    private static boolean refuse(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        send(
                Reply.problem(ProblemException.of(status, "bad_request", "the request can't be read")),
                response,
                callback);
        return true;
    }

    /** Asks the dispatcher, in a thread of its own for each request. */
    private static final class Ask extends Handler.Abstract {
        private final Dispatcher dispatcher;

        private Ask(Dispatcher dispatcher) {
            this.dispatcher = dispatcher;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Map<String, String> headers = new HashMap<>();
            for (HttpField field : request.getHeaders()) {
                headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.getValue()));
            }
            boolean[] read = {!hasBody(headers)};
            Reply reply = dispatcher.answer(new Dispatcher.Request(
                    request.getMethod(),
                    Objects.requireNonNullElse(request.getHttpURI().getPath(), ""),
                    query(request),
                    headers,
                    Request.getRemoteAddr(request),
                    max -> {
                        byte[] body = body(request, max);
                        read[0] = true;
                        return body;
                    }));
            // What of a body was not read is still to come: whoever sends it must not put another request behind it.
            send(read[0] ? reply : reply.with("Connection", "close"), response, callback);
            return true;
        }

        private static boolean hasBody(Map<String, String> headers) {
            return headers.containsKey("transfer-encoding")
                    || !headers.getOrDefault("content-length", "0").equals("0");
        }
    }

    private static Map<String, List<String>> query(Request request) {
        try {
            Map<String, List<String>> query = new HashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValues());
            }
            return query;
        } catch (RuntimeException e) {
            // What is no UTF-8 or is escaped wrongly.
            return null;
        }
    }

    private static byte[] body(Request request, int max) throws ProblemException {
        long deadline = System.nanoTime() + BODY_LIMIT.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        try (InputStream in = Content.Source.asInputStream(request)) {
            int count = request.getLength() > max ? 0 : in.read(buffer);
            while (count > 0 && body.size() + count <= max && System.nanoTime() < deadline) {
                body.write(buffer, 0, count);
                count = in.read(buffer);
            }
            if (request.getLength() > max || count > 0 && body.size() + count > max) {
                if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
                    passOver(in, buffer, deadline);
                }
                throw ProblemException.of(413, "too_large", "the body may have at most " + max + " bytes");
            }
            if (count > 0) {
                throw ProblemException.of(
                        408, "too_slow", "the body took longer than " + BODY_LIMIT.toSeconds() + " s");
            }
            return body.toByteArray();
        } catch (IOException e) {
            throw ProblemException.of(400, "bad_request", "the body did not come whole");
        }
    }

    /** Whoever still sends when the connection ends is not told why: so a little of what is too much is read, and thrown away. */
    private static void passOver(InputStream in, byte[] buffer, long deadline) throws IOException {
        int left = PASSED_OVER;
        while (left > 0 && System.nanoTime() < deadline) {
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    private static void send(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Type", reply.contentType());
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        reply.headers().forEach(headers::put);
        if (reply.stream() == null) {
            response.write(true, ByteBuffer.wrap(reply.body()), callback);
        } else {
            reply.stream().accept(new ResponseSink(response, callback));
        }
    }
}
