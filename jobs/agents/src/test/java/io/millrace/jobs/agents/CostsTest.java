package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsTest {
    @TempDir
    Path directory;

    private Costs read(String yaml) throws IOException {
        return Costs.read(Files.writeString(directory.resolve("costs.yaml"), yaml));
    }

    @Test
    void pricesAndBudgetsAreRead() throws IOException {
        Costs costs = read(
                """
                prices:
                  gpt-4o-mini: {input: 0.15, output: 0.60}
                budgets:
                  default: {day: 5}
                  tenants:
                    acme: {day: 20, month: 500.000001}
                """);

        assertThat(costs.prices().cost("gpt-4o-mini", new Usage(1_000_000, 500_000)))
                .isEqualTo(450_000);
        assertThat(costs.others()).isEqualTo(new Budget(5_000_000, 0));
        assertThat(costs.budgets()).isEqualTo(Map.of("acme", new Budget(20_000_000, 500_000_001)));
    }

    @Test
    void aPriceMayBeZeroAndABudgetLeftOut() throws IOException {
        Costs costs = read(
                """
                prices:
                  own-model: {input: 0, output: 0.0}
                budgets:
                  tenants:
                    acme: {day: , month: 1}
                """);

        assertThat(costs.prices().misses("own-model")).isFalse();
        assertThat(costs.budgets()).isEqualTo(Map.of("acme", new Budget(0, 1_000_000)));
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        assertThat(read("").budgets()).isEmpty();
        assertThat(read("prices:\n").others()).isEqualTo(Budget.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({
        "'price: {}', price: there is no such key; there are budgets",
        "'prices: [1]', prices: must hold key: value pairs",
        "'prices: {m: {input: cheap}}', prices.m.input: must be an amount",
        "'prices: {m: {input: -1}}', prices.m.input: must be an amount",
        "'prices: {m: {inputs: 1}}', prices.m.inputs: there is no such key",
        "'budgets: {tenants: {a: {week: 1}}}', budgets.tenants.a.week: there is no such key",
        "'budgets: {default: {day: 1e30}}', budgets.default.day: must be an amount",
        "'budgets: {default: {month: 0.0}}', budgets.default.month: must be more than 0",
        "'budgets: {tenants: {acme: {day: 0}}}', budgets.tenants.acme.day: must be more than 0",
        "'a: 1\n\na: 2', Duplicate",
    })
    void whatIsWrongIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("costs.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Costs.read(Path.of("/no/such/costs.yaml")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/no/such/costs.yaml can't be read");
    }
}
