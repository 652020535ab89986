package io.millrace.gateway.http;

import io.millrace.gateway.access.AccessUnavailableException;
import io.millrace.gateway.log.EventLog;
import io.millrace.gateway.log.LogUnavailableException;
import io.millrace.gateway.model.BadCursorException;
import io.millrace.gateway.model.ModelBusyException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes problems in words of whatever goes wrong on the way to an answer. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int LOGIN_SECONDS = 5;

    private Failures() {}

    /** Comes to an answer, or not. */
    @FunctionalInterface
    public interface Answering {
        Reply answer() throws ProblemException;
    }

    /**
     * The answer, or the problem.
     *
     * @param route its id, for the log
     */
    public static Reply answer(Supplier<String> route, Answering answering) {
        try {
            return answering.answer();
        } catch (ProblemException e) {
            return Reply.problem(e);
        } catch (BadCursorException e) {
            return Reply.problem(ProblemException.ofField("cursor", "invalid_value", e.getMessage()));
        } catch (AccessUnavailableException e) {
            return Reply.problem(ProblemException.later(503, "login_unavailable", e.getMessage(), LOGIN_SECONDS));
        } catch (ModelBusyException e) {
            LOG.warn("{}: {}", route.get(), e.getMessage());
            return Reply.problem(ProblemException.later(503, "busy", e.getMessage(), 1));
        } catch (LogUnavailableException e) {
            LOG.warn("{}: {}: {}", route.get(), e.getMessage(), String.valueOf(e.getCause()));
            return Reply.problem(ProblemException.later(
                    503,
                    "log_unavailable",
                    e.getMessage()
                            + "; whether it was written is not known: send it again with the same Idempotency-Key",
                    1));
        } catch (EventLog.RefusedException e) {
            LOG.error("{}: {}: {}", route.get(), e.getMessage(), String.valueOf(e.getCause()));
            return Reply.problem(ProblemException.of(
                    502, "log_refuses", e.getMessage() + ", nor if it is sent again; the gateway's log says why"));
        } catch (RuntimeException e) {
            LOG.error("A defect in {}", route.get(), e);
            return Reply.problem(ProblemException.of(500, "defect", "a defect of the gateway; its log says more"));
        }
    }
}
