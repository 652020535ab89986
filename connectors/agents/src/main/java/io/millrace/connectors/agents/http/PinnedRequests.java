package io.millrace.connectors.agents.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a request go to the address that was checked. The JDK's client looks the host up once more when it connects, and
 * a name server may give another answer by then (DNS rebinding). Over https the certificate has to be the host's,
 * wherever that is; over http the URL is given the address instead of the host, and the host stands in the header
 * {@code Host}.
 */
final class PinnedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PinnedRequests.class);
    private static final String HOST = "host";

    /** Names of headers, separated by commas; read once by the JDK's client, when it is first used in the JVM. */
    private static final String SETTABLE_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

    private static final boolean POSSIBLE = canSetHost();

    private PinnedRequests() {}

    /** To be called before the JDK's client is first used. */
    static void prepare() {
        LOG.debug("requests are pinned to addresses: {}", POSSIBLE);
    }

    private static boolean canSetHost() {
        String names = System.getProperty(SETTABLE_HEADERS, "");
        // Each start of the job loads this class anew.
        if (!Arrays.asList(names.toLowerCase(Locale.ROOT).split(",")).contains(HOST)) {
            System.setProperty(SETTABLE_HEADERS, names.isEmpty() ? HOST : names + "," + HOST);
        }
        try {
            HttpRequest.newBuilder().setHeader(HOST, "localhost");
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "requests over http go to what their host's name means when they connect, which may be another address"
                            + " than the one that was checked; start the JVM with -D{}=host",
                    SETTABLE_HEADERS);
            return false;
        }
    }

    /** @param checked an address of the request's host */
    static HttpRequest of(HttpRequest request, InetAddress checked) {
        URI url = request.uri();
        String address = literal(checked);
        if (!POSSIBLE
                || !"http".equalsIgnoreCase(url.getScheme())
                || url.getHost().equals(address)) {
            return request;
        }
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create(url.getScheme() + "://" + address + port + path))
                .setHeader(HOST, url.getHost() + port)
                .build();
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String numbers = zone < 0 ? text : text.substring(0, zone) + "%25" + text.substring(zone + 1);
        return address instanceof Inet6Address ? "[" + numbers + "]" : numbers;
    }
}
