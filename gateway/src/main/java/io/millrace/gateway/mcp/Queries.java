package io.millrace.gateway.mcp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands after the question mark of a resource's address. */
final class Queries {

    private Queries() {}

    /** @throws RpcException when it can't be read */
    static Map<String, List<String>> of(String query) throws RpcException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        try {
            for (String part : query.split("&", -1)) {
                String[] pair = part.split("=", 2);
                values.computeIfAbsent(decode(pair[0]), name -> new ArrayList<>())
                        .add(pair.length < 2 ? "" : decode(pair[1]));
            }
            return values;
        } catch (IllegalArgumentException e) {
            throw new RpcException(
                    RpcException.INVALID_PARAMS, "uri: what stands after the question mark can't be read");
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
