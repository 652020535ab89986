package io.millrace.connectors.agents.http;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Replies whose body would not be read as it was sent. */
final class Framing {
    private static final Set<String> CODINGS = Set.of("gzip", "x-gzip", "deflate", "br", "zstd", "compress");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** The body was not read. The message says why, and nothing that the server said. */
    static final class UnreadableReplyException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        UnreadableReplyException(String message) {
            super(message);
        }
    }

    private Framing() {}

    /** Whether the length that a reply says it has, if any, is one (RFC 9110 §8.6), below 10¹⁸ bytes. */
    static boolean hasReadableLength(HttpHeaders headers) {
        return headers.allValues("content-length").stream()
                .allMatch(length -> LENGTH.matcher(length).matches());
    }

    /**
     * What is wrong, or null. Where a body has both a length and chunks the chunks count (RFC 9112 §6.3), but the JDK's
     * client goes by the length; what it does not read could be taken for the next reply.
     */
    static String problem(HttpHeaders headers) {
        List<String> transfer = headers.allValues("transfer-encoding");
        List<String> lengths = headers.allValues("content-length");
        if (!transfer.isEmpty() && !lengths.isEmpty()) {
            return "the answer has both Transfer-Encoding and Content-Length, so that its end is not certain";
        }
        if (transfer.size() > 1 || !transfer.isEmpty() && !transfer.get(0).equalsIgnoreCase("chunked")) {
            return "the answer has a Transfer-Encoding other than chunked";
        }
        if (lengths.size() > 1) {
            return "the answer has more than one Content-Length";
        }
        for (String coding : headers.allValues("content-encoding")) {
            if (!coding.isBlank() && !coding.equalsIgnoreCase("identity")) {
                String known = coding.strip().toLowerCase(Locale.ROOT);
                return "the answer is compressed" + (CODINGS.contains(known) ? " (" + known + ")" : "")
                        + ", though the request says Accept-Encoding: identity";
            }
        }
        return null;
    }
}
