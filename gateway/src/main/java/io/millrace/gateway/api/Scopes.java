package io.millrace.gateway.api;

import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.model.ApprovalQueries.Viewer;
import io.millrace.gateway.model.Scope;

/** Whose data a call is about: always of the caller's tenant, and of the caller where it is a person. */
final class Scopes {
    static final Parameter<String> USER = Parameter.text(
            "user", 200, "Whose: for operators, who act for the people of their tenant. Others have their own.");

    private Scopes() {}

    /** The whole tenant. */
    static Scope tenant(Call call) {
        return Scope.of(call.caller().tenant());
    }

    /** A person: the caller, or for operators the one that is named. */
    static Scope person(Call call) throws ProblemException {
        Caller caller = call.caller();
        String named = call.get(USER);
        if (caller.is(Role.OPERATOR)) {
            String user = named == null ? caller.user() : named;
            if (user == null) {
                throw ProblemException.ofField("user", "missing_field", "missing; whose is it?");
            }
            return new Scope(caller.tenant(), user);
        }
        if (caller.user() == null || named != null && !named.equals(caller.user())) {
            throw ProblemException.forbidden("only operators may ask for others");
        }
        return new Scope(caller.tenant(), caller.user());
    }

    /** Which approvals the caller may see. */
    static Viewer viewer(Caller caller) {
        return caller.is(Role.OPERATOR) || caller.user() == null
                ? Viewer.OF_ALL
                : new Viewer(caller.user(), caller.is(Role.APPROVER));
    }

    /**
     * Who does something, to be written down with it: the caller where it is a person. Others act for one, and say for whom.
     *
     * @param named what the field says; null for nothing
     */
    static String actor(Call call, String field, String named) throws ProblemException {
        String user = call.caller().user();
        if (user == null && named == null) {
            throw ProblemException.ofField(field, "missing_field", "missing; who does it?");
        }
        if (user != null && named != null && !named.equals(user)) {
            throw ProblemException.ofField(field, "invalid_value", "nobody acts as somebody else");
        }
        return user != null ? user : named;
    }
}
