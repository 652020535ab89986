package io.millrace.gateway.api;

import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * A file of this program that browsers are given: held in memory, made smaller once, and not sent again to whoever has it.
 *
 * @param gzip the same, made smaller
 * @param tag changes when the content does
 */
record StaticFile(String type, byte[] content, byte[] gzip, String tag) {

    /**
     * Reads it.
     *
     * @param resource on the class path; its end tells what it is
     * @return null when there is none
     */
    static StaticFile find(String resource) {
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            // Weak: it stands for both forms.
            String tag = "W/\"" + UUID.nameUUIDFromBytes(content) + "\"";
            return new StaticFile(typeOf(resource), content, smaller(content), tag);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + resource + " can't be read", e);
        }
    }

    static StaticFile require(String resource) {
        StaticFile file = find(resource);
        if (file == null) {
            throw new IllegalStateException("the file " + resource + " is not there");
        }
        return file;
    }

    private static String typeOf(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.'))) {
            case ".js" -> "text/javascript; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/html; charset=utf-8";
        };
    }

    private static byte[] smaller(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** A browser keeps it, and asks each time whether it is still the same: after an update all parts are of one version. */
    Reply answer(Call call) {
        boolean known = holds(call.header("If-None-Match"), tag);
        boolean small = holds(call.header("Accept-Encoding"), "gzip");
        byte[] body = known ? new byte[0] : small ? gzip : content;
        Reply reply = new Reply(known ? 304 : 200, type, body, Map.of(), null)
                .with("Cache-Control", "no-cache")
                .with("ETag", tag)
                .with("Vary", "Accept-Encoding");
        return small && !known ? reply.with("Content-Encoding", "gzip") : reply;
    }

    private static boolean holds(String header, String part) {
        return header != null && header.contains(part);
    }
}
