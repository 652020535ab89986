package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.Texts;
import io.millrace.logic.workflow.program.Formulas;
import io.millrace.logic.workflow.program.InvalidDefinitionException;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.ProgramCompiler;
import java.util.List;
import java.util.Map;

/** Reads the text of a workflow, and says all that is wrong with it that can be told without running it. */
public final class WorkflowReader {
    /** Of a text, in chars. */
    public static final int MAX_LENGTH = 262_144;

    private static final String HALF = "a text with half of a surrogate pair, which is no character";

    private final Formulas formulas;

    public WorkflowReader(Formulas formulas) {
        this.formulas = formulas;
    }

    /** @param text YAML or JSON, which may be anything */
    public WorkflowReading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return invalid(new Problem(1, 1, "", "more than " + MAX_LENGTH + " characters"));
        }
        MarkedTree tree;
        try {
            tree = tree(text);
        } catch (UnreadableException e) {
            return invalid(e.problem());
        }
        if (tree == null || !tree.document().isObject()) {
            return invalid(new Problem(1, 1, "", "a workflow is an object with document and do"));
        }
        return check(tree);
    }

    /** JSON if it begins as such and can be read as such; what else begins so may be YAML. */
    private static MarkedTree tree(String text) throws UnreadableException {
        String begin = text.stripLeading();
        boolean json =
                begin.startsWith("{") && begin.substring(1).stripLeading().startsWith("\"");
        if (!json) {
            return YamlTreeReader.read(text);
        }
        return JsonTreeReader.read(text);
    }

    private WorkflowReading check(MarkedTree tree) {
        JsonNode document = tree.document();
        Problems problems = new Problems(tree.marks());
        checkTexts(document, "", problems);
        for (SchemaProblems.Found found : SchemaProblems.of(DslSchema.get().problems(document))) {
            problems.add(found.pointer(), found.message());
        }
        new StepChecks(problems, document, new ExpressionChecks(problems, formulas)).check();
        if (!problems.isEmpty()) {
            return new WorkflowReading(null, problems.inOrder());
        }
        try {
            Program program = ProgramCompiler.compile(document, formulas);
            return new WorkflowReading(program, List.of());
        } catch (InvalidDefinitionException e) {
            problems.add(e.pointer(), e.getMessage());
            return new WorkflowReading(null, problems.inOrder());
        }
    }

    /** As deep as a document may be. */
    private static void checkTexts(JsonNode node, String pointer, Problems problems) {
        if (node.isTextual() && !Texts.isWhole(node.textValue())) {
            problems.add(pointer, HALF);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!Texts.isWhole(member.getKey())) {
                problems.add(pointer, HALF);
            }
            checkTexts(
                    member.getValue(),
                    pointer + '/' + member.getKey().replace("~", "~0").replace("/", "~1"),
                    problems);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkTexts(node.get(i), pointer + '/' + i, problems);
        }
    }

    private static WorkflowReading invalid(Problem problem) {
        return new WorkflowReading(null, List.of(problem));
    }
}
