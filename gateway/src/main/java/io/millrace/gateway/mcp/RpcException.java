package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** Why a message is not done, as JSON-RPC 2.0 says it (§5.1). */
final class RpcException extends Exception {
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    /** Of the Model Context Protocol. */
    static final int NO_SUCH_RESOURCE = -32002;

    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient JsonNode data;

    RpcException(int code, String message) {
        this(code, message, null);
    }

    /** @param data null for none */
    RpcException(int code, String message, JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    int code() {
        return code;
    }

    JsonNode data() {
        return data;
    }
}
