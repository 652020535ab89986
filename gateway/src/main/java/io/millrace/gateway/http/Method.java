package io.millrace.gateway.http;

/** Of a request. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** Null for one that no route has. */
    static Method of(String name) {
        for (Method method : values()) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        // As GET, and what is written is left out.
        return name.equals("HEAD") ? GET : null;
    }
}
