package io.millrace.local.agent;

/** What somebody wrote of an agent or a call is wrong; the message is one line for people and says where. */
public final class AgentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AgentException(String message) {
        super(message);
    }

    AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
