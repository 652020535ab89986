package io.millrace.gateway.api;

import io.millrace.gateway.access.Caller;
import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.model.Flags;
import io.millrace.gateway.model.ServedFlag;
import io.millrace.logic.flag.EvaluationBudget;
import io.millrace.logic.flag.FlagContext;
import io.millrace.logic.flag.FlagResult;
import io.millrace.schema.rollout.SafetyFlag;
import java.time.Clock;
import java.util.Map;

/** Refuses what the flags of docs/safety.md say is not to be done now. */
final class Safety {
    private static final int LATER_SECONDS = 10;

    private final Flags flags;
    private final Clock clock;

    Safety(Flags flags, Clock clock) {
        this.flags = flags;
        this.clock = clock;
    }

    /** The route, which asks the flags first. */
    Route guard(Route route) {
        return route.before(call -> require(route, call));
    }

    private void require(Route route, Call call) throws ProblemException {
        refuse(SafetyFlag.MAINTENANCE, "maintenance", "the gateway is under maintenance", call);
        if (route.writes()) {
            refuse(SafetyFlag.READ_ONLY, "read_only", "the gateway takes no writes now", call);
        }
    }

    private void refuse(SafetyFlag safety, String code, String what, Call call) throws ProblemException {
        ServedFlag flag = flags.get(safety.key());
        if (flag == null) {
            return;
        }
        FlagResult result = flag.evaluate(context(call.caller()), clock.instant(), new EvaluationBudget());
        if (result.isOn()) {
            String reason =
                    result.detail() == null ? result.metadata().path("reason").asText() : result.detail();
            throw ProblemException.later(503, code, reason.isEmpty() ? what : what + ": " + reason, LATER_SECONDS);
        }
    }

    /** @param caller null for whoever sends a webhook */
    private static FlagContext context(Caller caller) {
        return caller == null || caller.tenant() == null
                ? FlagContext.EMPTY
                : FlagContext.ofTexts(Map.of("targetingKey", caller.tenant(), "tenant", caller.tenant()));
    }
}
