package io.millrace.local.safety;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a safety flag says.
 *
 * @param everywhere whether it is on for all
 * @param tenants of whom it is on when it is not on for all
 * @param agents likewise
 * @param by who said so, null when that is not known, as are {@code reason} and {@code at}
 */
public record Switch(
        boolean everywhere, List<String> tenants, List<String> agents, String by, String reason, String at) {
    /** Nobody has ever said anything. */
    public static final Switch OFF = new Switch(false, List.of(), List.of(), null, null, null);

    private static final ObjectMapper JSON =
            new ObjectMapper(IsolatedJson.factory().build());
    private static final String ON = "on";
    private static final String IN = "in";

    public Switch {
        tenants = List.copyOf(tenants);
        agents = List.copyOf(agents);
    }

    /** On from now on: for the tenants and agents, or for all when none is named. */
    public static Switch on(List<String> tenants, List<String> agents, String by, String reason, Instant at) {
        return new Switch(tenants.isEmpty() && agents.isEmpty(), tenants, agents, by, reason, at.toString());
    }

    /** Off from now on. */
    public static Switch off(String by, String reason, Instant at) {
        return new Switch(false, List.of(), List.of(), by, reason, at.toString());
    }

    public boolean isOn() {
        return everywhere || !tenants.isEmpty() || !agents.isEmpty();
    }

    /** As flagd has it. */
    byte[] toFlag() {
        ObjectNode flag = JSON.createObjectNode().put("state", "ENABLED");
        flag.putObject("variants").put(ON, true).put("off", false);
        flag.put("defaultVariant", everywhere ? ON : "off");
        if (!tenants.isEmpty() || !agents.isEmpty()) {
            ArrayNode either = JSON.createArrayNode();
            among(either, "tenant", tenants);
            among(either, "agent", agents);
            flag.putObject("targeting")
                    .putArray("if")
                    .add(JSON.createObjectNode().set("or", either))
                    .add(ON);
        }
        flag.putObject("metadata").put("by", by).put("reason", reason).put("at", at);
        return flag.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void among(ArrayNode either, String attribute, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode in = either.addObject().putArray(IN);
            in.addObject().put("var", attribute);
            ArrayNode list = in.addArray();
            names.forEach(list::add);
        }
    }

    /** What such a flag says; of one that somebody else has made, only whether it is on for all. */
    static Switch of(byte[] flag) {
        try {
            JsonNode read = JSON.readTree(flag);
            JsonNode variants = read.path("variants");
            boolean on = read.path("state").asText().equals("ENABLED")
                    && variants.path(read.path("defaultVariant").asText()).asBoolean();
            JsonNode told = read.path("metadata");
            return new Switch(
                    on,
                    names(read, "tenant"),
                    names(read, "agent"),
                    told.path("by").textValue(),
                    told.path("reason").textValue(),
                    told.path("at").textValue());
        } catch (IOException e) {
            // The jobs take no notice of it either.
            return OFF;
        }
    }

    private static List<String> names(JsonNode flag, String attribute) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : flag.path("targeting").path("if").path(0).path("or")) {
            JsonNode in = each.path(IN);
            if (in.path(0).path("var").asText().equals(attribute)) {
                in.path(1).forEach(name -> names.add(name.asText()));
            }
        }
        return names;
    }
}
