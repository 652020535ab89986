package io.millrace.logic.agent.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.vocabulary.Vocabularies;
import com.networknt.schema.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A keyword of a schema that pays for what it reads of the value, and of its own list, before it does. */
final class ChargedKeyword implements Keyword {
    /** They lead elsewhere, or are not asserted, and read nothing. */
    private static final Set<String> FREE = Set.of("$ref", "$dynamicRef", "format");
    /** They read a value to its ground, copy it, and keep the copy with their errors. */
    private static final Set<String> DEEP = Set.of("enum", "const", "uniqueItems");

    private static final int CHARACTERS_OF_A_STEP = 64;
    private static final int MEMBERS_OF_A_STEP = 8;
    private static final int DIGITS_OF_A_STEP = 4;
    private static final int COMPARISONS_OF_A_STEP = 16;

    private final Keyword keyword;
    private final CheckWork work;

    private ChargedKeyword(Keyword keyword, CheckWork work) {
        this.keyword = keyword;
        this.work = work;
    }

    /** The standard's keywords of 2020-12, each of which charges the work. */
    static Dialect dialect(CheckWork work) {
        return Dialect.builder(Dialects.getDraft202012())
                .vocabularyRegistry(name -> charged(Vocabularies.getVocabulary(name), work))
                .build();
    }

    private static Vocabulary charged(Vocabulary vocabulary, CheckWork work) {
        Keyword[] keywords = vocabulary.getKeywords().stream()
                .map(keyword -> FREE.contains(keyword.getValue()) ? keyword : new ChargedKeyword(keyword, work))
                .toArray(Keyword[]::new);
        return new Vocabulary(vocabulary.getId(), keywords);
    }

    @Override
    public String getValue() {
        return keyword.getValue();
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context)
            throws Exception {
        if ("enum".equals(getValue())) {
            // It becomes a set.
            work.evaluate(comparisons(node));
        }
        KeywordValidator validator = keyword.newValidator(location, node, parent, context);
        return validator == null ? null : new Charged(validator, node.size() / MEMBERS_OF_A_STEP);
    }

    private final class Charged implements KeywordValidator {
        private final KeywordValidator validator;
        private final int ownList;
        private final boolean deep;

        private Charged(KeywordValidator validator, int ownList) {
            this.validator = validator;
            this.ownList = ownList;
            deep = DEEP.contains(validator.getKeyword());
        }

        @Override
        public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath place) {
            long steps = deep ? size(node) : surface(node);
            if ("uniqueItems".equals(getKeyword())) {
                steps += comparisons(node);
            }
            work.evaluate(ownList + steps);
            validator.validate(context, node, root, place);
        }

        @Override
        public String getKeyword() {
            return validator.getKeyword();
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return validator.getSchemaLocation();
        }

        @Override
        public void preloadSchema() {
            validator.preloadSchema();
        }
    }

    private static long surface(JsonNode node) {
        if (node.isBigDecimal() || node.isBigInteger()) {
            return node.decimalValue().precision() / DIGITS_OF_A_STEP;
        }
        return node.isTextual() ? node.textValue().length() / CHARACTERS_OF_A_STEP : node.size() / MEMBERS_OF_A_STEP;
    }

    private static long size(JsonNode node) {
        long size = 0;
        Deque<JsonNode> rest = new ArrayDeque<>();
        rest.add(node);
        while (!rest.isEmpty()) {
            JsonNode next = rest.removeLast();
            size += 1 + surface(next);
            next.forEach(rest::add);
        }
        return size;
    }

    /**
     * What a hash set of the items compares: those of one hash code each with each other, as a set of values that have
     * no order must, to their ground. It ends where the set finds a value again.
     */
    private static long comparisons(JsonNode items) {
        Map<Integer, JsonNode> first = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        long comparisons = 0;
        for (JsonNode item : items) {
            int hash = item.hashCode();
            JsonNode before = first.putIfAbsent(hash, item);
            if (before != null) {
                if (before.equals(item)) {
                    break;
                }
                comparisons += counts.merge(hash, 1, Integer::sum) * size(item);
            }
        }
        return comparisons / COMPARISONS_OF_A_STEP;
    }
}
