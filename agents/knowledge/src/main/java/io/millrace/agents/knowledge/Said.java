package io.millrace.agents.knowledge;

import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that was said before.
 *
 * @param from customer, assistant or person
 */
record Said(String from, String text) {
    private static final int MAX_TEXT = 4_000;
    private static final int MAX_WORD = 20;

    boolean isOfCustomer() {
        return from.equals("customer");
    }

    /** The field {@code history}, empty when it is absent; of a long one the end. */
    static List<Said> read(AgentInput input, int most) throws AgentFailure {
        List<AgentInput> all = input.objects("history");
        List<Said> history = new ArrayList<>();
        for (AgentInput each : all.subList(Math.max(0, all.size() - most), all.size())) {
            String text = each.optionalBeginning("text", MAX_TEXT);
            if (text != null) {
                String from = each.optionalBeginning("from", MAX_WORD);
                history.add(new Said(from == null ? "customer" : from, text));
            }
        }
        return history;
    }
}
