package io.millrace.jobs.agents.trace;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where traces go.
 *
 * @param endpoint of a collector, OTLP over HTTP; without a path it is {@code /v1/traces}. Null for no traces
 * @param sampleRatio how many of the calls that do not come with a trace of their own are traced, 0 to 1
 * @param serviceName whose spans they are
 * @param headersFile Java properties, on every TaskManager, with headers that the collector wants; null for none
 */
public record TraceSettings(String endpoint, double sampleRatio, String serviceName, String headersFile)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String TRACES_PATH = "/v1/traces";

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public TraceSettings {
        if (endpoint != null) {
            endpoint = withPath(endpoint);
        }
        if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
            throw new IllegalArgumentException("tracing.sample-ratio: must be between 0 and 1, is " + sampleRatio);
        }
        if (serviceName.isBlank()) {
            throw new IllegalArgumentException("tracing.service-name: must not be blank");
        }
    }

    private static String withPath(String endpoint) {
        URI uri = parsed(endpoint);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            // Not itself in the message: it may contain what does not belong there.
            throw new IllegalArgumentException(
                    "tracing.otlp-endpoint: must be an http or https URL without user information and query");
        }
        String path = uri.getRawPath();
        return path.isEmpty() || path.equals("/") ? uri.resolve(TRACES_PATH).toString() : endpoint;
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }

    public boolean isOn() {
        return endpoint != null;
    }
}
