package io.millrace.logic.agent.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RejectedEventException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON Schema 2020-12, which refers to nothing outside itself but the standard's own meta-schemas. What a check may
 * do is bounded by {@link CheckWork}, and what the library can't do is a problem like others.
 */
public final class JsonSchemaCheck implements SchemaCheck {
    private static final int MAX_PROBLEMS = 5;
    private static final String CANNOT_BE_CHECKED = "cannot be checked by its schema: ";
    private static final String STANDARD = "https://json-schema.org/";
    private static final ObjectMapper JSON = JsonMapper.builder(
                    IsolatedJson.factory().build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String META_SCHEMA = SpecificationVersion.DRAFT_2020_12.getDialectId();

    /**
     * By their text, while anybody uses them: every task of a process knows every agent, and a compiled schema is
     * large.
     */
    private static final Map<String, WeakReference<JsonSchemaCheck>> COMPILED = new HashMap<>();

    private final Schema schema;
    private final CheckWork work;

    private JsonSchemaCheck(Schema schema, CheckWork work) {
        this.schema = schema;
        this.work = work;
    }

    /**
     * Compiles a schema.
     *
     * @param field for the message
     * @param schema JSON text; null for {@link #ANY}
     * @throws RejectedEventException when it is no schema, refers to something outside, or refers to itself without end
     *     or so often that an empty object can't be checked by it
     */
    public static SchemaCheck of(String field, String schema) throws RejectedEventException {
        if (schema == null) {
            return ANY;
        }
        synchronized (COMPILED) {
            WeakReference<JsonSchemaCheck> compiled = COMPILED.get(schema);
            JsonSchemaCheck known = compiled == null ? null : compiled.get();
            if (known != null) {
                return known;
            }
            JsonSchemaCheck check = compile(field, schema);
            COMPILED.values().removeIf(each -> each.get() == null);
            COMPILED.put(schema, new WeakReference<>(check));
            return check;
        }
    }

    private static JsonSchemaCheck compile(String field, String schema) throws RejectedEventException {
        try {
            JsonNode node = JSON.readTree(schema);
            String dialect = node.path("$schema").asText(META_SCHEMA);
            if (!dialect.equals(META_SCHEMA)) {
                throw invalid(field, "its $schema must be " + META_SCHEMA);
            }
            String tooLarge = NumberSizes.problem(node);
            if (tooLarge != null) {
                throw invalid(field, tooLarge);
            }
            CheckWork work = new CheckWork();
            SchemaRegistry registry = registry(work);
            JsonSchemaCheck standard = new JsonSchemaCheck(registry.getSchema(SchemaLocation.of(META_SCHEMA)), work);
            List<Error> errors = standard.validate(node, new CheckAllowance());
            if (!errors.isEmpty()) {
                throw invalid(field, describe(errors));
            }
            Schema compiled = registry.getSchema(node);
            compiled.initializeValidators();
            JsonSchemaCheck check = new JsonSchemaCheck(compiled, work);
            // What refers to itself at once does so with any value.
            check.validate(JSON.getNodeFactory().objectNode(), new CheckAllowance());
            return check;
        } catch (JsonProcessingException e) {
            throw invalid(field, JsonProblems.inWords(e.getOriginalMessage()));
        } catch (StackOverflowError e) {
            throw invalid(field, "it refers to itself without end");
        } catch (ExceededException | LinearPatterns.RefusedException e) {
            throw invalid(field, e.getMessage());
        } catch (RuntimeException e) {
            // The library throws several kinds for what it can't resolve.
            throw invalid(field, "a $ref, $dynamicRef or $id in it can't be resolved within it");
        }
    }

    private static SchemaRegistry registry(CheckWork work) {
        return SchemaRegistry.withDefaultDialect(ChargedKeyword.dialect(work), builder -> builder.schemaLoader(
                        loader -> loader.block(iri -> !iri.toString().startsWith(STANDARD)))
                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(false)
                        .locale(Locale.ROOT)
                        .regularExpressionFactory(new LinearPatterns(work))
                        .build()));
    }

    private static RejectedEventException invalid(String field, String problem) {
        return new RejectedEventException(ErrorCode.INVALID_SCHEMA, field + ": " + problem);
    }

    @Override
    public String problem(String json, CheckAllowance allowance) {
        try {
            JsonNode node = JSON.readTree(json);
            String tooLarge = NumberSizes.problem(node);
            if (tooLarge != null) {
                return CANNOT_BE_CHECKED + tooLarge;
            }
            List<Error> errors = validate(node, allowance);
            return errors.isEmpty() ? null : describe(errors);
        } catch (JsonProcessingException e) {
            return "not JSON: " + JsonProblems.inWords(e.getOriginalMessage());
        } catch (StackOverflowError e) {
            return "nested too deeply for its schema, or too long for a pattern in it";
        } catch (ExceededException e) {
            return CANNOT_BE_CHECKED + e.getMessage();
        } catch (RuntimeException e) {
            // Of the library, which calculates with numbers as it can. Its message may hold the value.
            return CANNOT_BE_CHECKED + e.getClass().getSimpleName();
        }
    }

    /** One at a time: those that know the schema may be in several threads. */
    private synchronized List<Error> validate(JsonNode node, CheckAllowance allowance) {
        work.begin(allowance);
        return schema.validate(work.context(), node, OutputFormat.DEFAULT);
    }

    /** The whole value has an empty location. */
    private static String describe(Error error) {
        String location = error.getInstanceLocation().toString();
        return location.isEmpty() ? error.getMessage() : location + ": " + error.getMessage();
    }

    private static String describe(List<Error> errors) {
        String more = errors.size() > MAX_PROBLEMS ? "; and " + (errors.size() - MAX_PROBLEMS) + " more" : "";
        return errors.stream()
                        .limit(MAX_PROBLEMS)
                        .map(JsonSchemaCheck::describe)
                        .distinct()
                        .collect(Collectors.joining("; "))
                + more;
    }
}
