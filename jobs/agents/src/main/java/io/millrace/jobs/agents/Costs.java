package io.millrace.jobs.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.logic.agent.PriceTable;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.wire.JsonProblems;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What models cost and tenants may spend: a YAML file, amounts in the currency.
 *
 * <pre>
 * prices:                       # for a million tokens
 *   gpt-4o-mini: {input: 0.15, output: 0.60}
 * budgets:                      # in UTC; what is not given has no limit
 *   default: {day: 5, month: 100}
 *   tenants:
 *     acme: {day: 20}
 * </pre>
 *
 * @param others the budget of each tenant that is not among {@code budgets}
 */
record Costs(PriceTable prices, Budget others, Map<String, Budget> budgets) {
    static final Costs NONE = new Costs(PriceTable.FREE, Budget.UNLIMITED, Map.of());

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX_MICROS = BigDecimal.valueOf(1_000_000_000_000_000L);

    /** @throws IllegalArgumentException naming the file and the key that is wrong */
    static Costs read(Path file) {
        try {
            Node root = new Node(file + ": ", YAML.readTree(Files.readAllBytes(file)));
            root.requireOnly(Set.of("prices", "budgets"));
            Map<String, PriceTable.Price> prices = new HashMap<>();
            Node models = root.get("prices");
            for (String model : models.names()) {
                Node price = models.get(model);
                price.requireOnly(Set.of("input", "output"));
                prices.put(
                        model,
                        new PriceTable.Price(
                                price.get("input").micros(), price.get("output").micros()));
            }
            Node budgets = root.get("budgets");
            budgets.requireOnly(Set.of("default", "tenants"));
            Map<String, Budget> ofTenants = new HashMap<>();
            Node tenants = budgets.get("tenants");
            for (String tenant : tenants.names()) {
                ofTenants.put(tenant, tenants.get(tenant).budget());
            }
            return new Costs(new PriceTable(prices), budgets.get("default").budget(), Map.copyOf(ofTenants));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ":" + JsonProblems.located(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("costs-file: " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** A place in the file; there may be nothing. */
    private record Node(String path, JsonNode value) {

        private boolean isAbsent() {
            return value == null || value.isMissingNode() || value.isNull();
        }

        private Node get(String name) {
            String separator = path.endsWith(": ") ? "" : ".";
            return new Node(path + separator + name, isAbsent() ? null : value.get(name));
        }

        private Set<String> names() {
            if (isAbsent()) {
                return Set.of();
            }
            if (!value.isObject()) {
                throw new IllegalArgumentException(path + ": must hold key: value pairs");
            }
            Set<String> names = new java.util.TreeSet<>();
            value.fieldNames().forEachRemaining(names::add);
            return names;
        }

        private void requireOnly(Set<String> known) {
            for (String name : names()) {
                if (!known.contains(name)) {
                    throw new IllegalArgumentException(get(name).path + ": there is no such key; there are "
                            + String.join(", ", known.stream().sorted().toList()));
                }
            }
        }

        private Budget budget() {
            requireOnly(Set.of("day", "month"));
            return new Budget(get("day").limit(), get("month").limit());
        }

        /** Zero when there is none, so that none may be zero. */
        private long limit() {
            long micros = micros();
            if (!isAbsent() && micros == 0) {
                throw new IllegalArgumentException(path + ": must be more than 0; without a limit it is left out");
            }
            return micros;
        }

        private long micros() {
            if (isAbsent()) {
                return 0;
            }
            BigDecimal micros = value.isNumber() ? value.decimalValue().multiply(MICROS) : BigDecimal.ONE.negate();
            if (micros.signum() < 0 || micros.compareTo(MAX_MICROS) > 0) {
                throw new IllegalArgumentException(path + ": must be an amount of money, 0 to a thousand million");
            }
            return micros.setScale(0, RoundingMode.CEILING).longValueExact();
        }
    }
}
