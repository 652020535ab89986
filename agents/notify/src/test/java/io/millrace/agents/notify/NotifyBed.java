package io.millrace.agents.notify;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.TransportSettings.InProcess;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.testing.agent.AskedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The agents as the job calls them. Notifications are written with single quotes. */
final class NotifyBed implements AutoCloseable {
    static final String ID = "5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11";
    static final String SECRET = "a secret of the tenant";

    private final AgentTransports transports;

    NotifyBed(Path secrets, List<String> networks, Map<String, String> settings) throws IOException {
        Files.writeString(secrets.resolve("notify--acme--hooks"), SECRET + "\n");
        Files.writeString(secrets.resolve("llm"), "a key of the operator");
        transports = AgentTransports.open(TransportSettings.DEFAULTS
                .secretsIn(secrets.toString())
                .with(Egress.to(List.of(), networks))
                .with(new InProcess(2, 100, settings)));
    }

    /** On this machine. */
    static NotifyBed here(Path secrets, String... settings) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(NotifySettings.ALLOWED_HOSTS, "localhost;127.0.0.1"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new NotifyBed(secrets, List.of("127.0.0.0/8", "::1"), all);
    }

    AgentAnswer ask(String agent, String tenant, String input) throws Exception {
        return transports
                .call(AskedAgent.inProcess(tenant, agent, "{\"kind\":\"in-process\"}", input.replace('\'', '"')))
                .get(600, TimeUnit.SECONDS);
    }

    /** @param more fields and a comma, or nothing */
    static String notification(String more) {
        return "{" + more + "'notification_id':'" + ID + "','user_id':'ann','count':1,'items':[" + item("Pay the rent")
                + "]}";
    }

    static String item(String title) {
        return "{'event_id':'8d2f1c1e-6a3b-4a57-9d50-5f9a7f1d2b60','about':'reminders','title':'" + title
                + "','due_at':'2026-12-02T08:00:00Z','details':{'task_id':'t-42'}}";
    }

    @Override
    public void close() {
        transports.close();
    }
}
