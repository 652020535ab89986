package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.access.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What can be asked of the gateway, declared once.
 *
 * @param path with names in braces, each a {@link Parameter} of the path
 * @param id names it in the document, in metrics and in logs
 * @param group under which it stands in the document
 * @param roles of which a caller must have one; empty when it may be asked by anybody
 * @param form null for none
 * @param raw null unless the handler reads the body by itself
 * @param isRead whether nothing is changed by it, though it is posted
 * @param answer what it answers when all is well
 */
public record Route(
        Method method,
        String path,
        String id,
        String group,
        String summary,
        Set<Role> roles,
        List<Parameter<?>> parameters,
        Form form,
        Raw raw,
        boolean isRead,
        Answer answer,
        Handler handler) {

    /**
     * A body that the handler reads by itself.
     *
     * @param maxBytes the largest one
     * @param types content types that it may have; empty for any, of a sender who knows nothing of us: then there may also be
     *     any parameters
     * @param example JSON of the first type
     */
    public record Raw(int maxBytes, Set<String> types, ObjectNode example) {
        boolean isOfStrangers() {
            return types.isEmpty();
        }
    }

    /**
     * What is answered.
     *
     * @param schema JSON Schema of the body; null when it is no JSON
     */
    public record Answer(int status, String description, String contentType, ObjectNode schema) {}

    /** Answers a call. */
    @FunctionalInterface
    public interface Handler {
        Reply answer(Call call) throws ProblemException;
    }

    /** Has a say before a route. */
    @FunctionalInterface
    public interface Guard {
        /** @throws ProblemException when the route is not to be asked */
        void require(Call call) throws ProblemException;
    }

    /** The same, which asks first. */
    public Route before(Guard guard) {
        return new Route(method, path, id, group, summary, roles, parameters, form, raw, isRead, answer, call -> {
            guard.require(call);
            return handler.answer(call);
        });
    }

    /** Whether something is changed by it. */
    public boolean writes() {
        return method != Method.GET && !isRead;
    }

    /** Whether anybody may ask it. */
    public boolean isPublic() {
        return roles.isEmpty();
    }

    /** Whether its answer goes on. */
    boolean isStream() {
        return answer.contentType().equals(Reply.EVENTS);
    }

    public static Builder get(String path) {
        return new Builder(Method.GET, path);
    }

    public static Builder post(String path) {
        return new Builder(Method.POST, path);
    }

    public static Builder put(String path) {
        return new Builder(Method.PUT, path);
    }

    public static Builder patch(String path) {
        return new Builder(Method.PATCH, path);
    }

    public static Builder delete(String path) {
        return new Builder(Method.DELETE, path);
    }

    /** Declares a route. */
    public static final class Builder {
        private final Method method;
        private final String path;
        private String id;
        private String group;
        private String summary;
        private Set<Role> roles = Set.of();
        private final List<Parameter<?>> parameters = new ArrayList<>();
        private Form form;
        private Raw raw;
        private boolean isRead;
        private Answer answer;

        private Builder(Method method, String path) {
            this.method = method;
            this.path = path;
        }

        public Builder named(String newId, String newGroup, String newSummary) {
            id = newId;
            group = newGroup;
            summary = newSummary;
            return this;
        }

        public Builder forRoles(Role first, Role... more) {
            roles = EnumSet.of(first, more);
            return this;
        }

        public Builder with(Parameter<?>... some) {
            parameters.addAll(List.of(some));
            return this;
        }

        public Builder with(Form newForm) {
            form = newForm;
            return this;
        }

        public Builder with(Raw newRaw) {
            raw = newRaw;
            return this;
        }

        /** Nothing is changed by it, though it is posted. */
        public Builder onlyReads() {
            isRead = true;
            return this;
        }

        public Builder answers(int status, String description, ObjectNode schema) {
            answer = new Answer(status, description, Reply.JSON, schema);
            return this;
        }

        public Builder answersText(String description, String contentType) {
            answer = new Answer(200, description, contentType, null);
            return this;
        }

        public Route by(Handler handler) {
            return new Route(
                    method,
                    path,
                    id,
                    group,
                    summary,
                    roles,
                    List.copyOf(parameters),
                    form,
                    raw,
                    isRead,
                    answer,
                    handler);
        }
    }
}
