package io.millrace.testing.jobs;

import io.millrace.testing.flink.StateNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;

/** By what savepoints find their way into a job: the uids of its operators, and the states of those that are ours. */
final class GraphLayout {

    private GraphLayout() {}

    /** One line for each uid, sorted, then one for each state. */
    static List<String> of(StreamGraph graph) throws Exception {
        List<String> uids = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            uids.add("uid " + node.getTransformationUID() + " | " + node.getOperatorName());
            for (String state : states(node)) {
                states.add("state of " + node.getTransformationUID() + " | " + state);
            }
        }
        uids.sort(null);
        states.sort(null);
        uids.addAll(states);
        return uids;
    }

    /** Those of Flink's own operators, which have factories of their own, are its affair. */
    private static List<String> states(StreamNode node) throws Exception {
        if (!(node.getOperatorFactory() instanceof SimpleOperatorFactory<?> simple)) {
            return List.of();
        }
        try (AbstractStreamOperatorTestHarness<?> harness = harness(simple.getOperator(), node)) {
            harness.open();
            return StateNames.of(harness.snapshot(1, 1));
        }
    }

    /** Every key is a String. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AbstractStreamOperatorTestHarness<?> harness(StreamOperator<?> operator, StreamNode node)
            throws Exception {
        KeySelector key = node.getStatePartitioners().length == 0 ? null : node.getStatePartitioners()[0];
        AbstractStreamOperatorTestHarness harness;
        if (operator instanceof OneInputStreamOperator one) {
            harness = key == null
                    ? new OneInputStreamOperatorTestHarness(one)
                    : new KeyedOneInputStreamOperatorTestHarness(one, key, Types.STRING);
        } else if (operator instanceof TwoInputStreamOperator two) {
            harness = key == null
                    ? new TwoInputStreamOperatorTestHarness(two)
                    : new KeyedTwoInputStreamOperatorTestHarness(two, key, null, Types.STRING);
        } else {
            throw new IllegalStateException("how is " + operator + " run alone?");
        }
        harness.setup(node.getTypeSerializerOut());
        return harness;
    }
}
