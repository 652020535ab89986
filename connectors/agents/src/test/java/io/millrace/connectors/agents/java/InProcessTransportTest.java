package io.millrace.connectors.agents.java;

import static io.millrace.connectors.agents.Attempts.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessTransportTest {
    private static final String SETTINGS = "{'kind':'in-process'}";

    private final AgentTransports transports = AgentTransports.open(TransportSettings.DEFAULTS);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(transports));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    private interface Body {
        CompletableFuture<String> call(AgentRequest request) throws Exception;
    }

    private record TestAgent(String name, Body body) implements Agent {
        @Override
        public CompletableFuture<String> call(AgentRequest request) throws Exception {
            return body.call(request);
        }
    }

    private InProcessTransport with(Body body) {
        return with(new TransportSettings.InProcess(2, 10), new TestAgent("helper", body));
    }

    private InProcessTransport with(TransportSettings.InProcess limits, Agent... agents) {
        TransportSettings settings = TransportSettings.DEFAULTS.with(limits);
        InProcessTransport transport = new InProcessTransport(
                new TransportContext(settings, new Secrets(null, Map.of()), transports), List.of(agents));
        opened.add(transport);
        return transport;
    }

    private static AgentAttempt attempt() {
        return Attempts.of(SETTINGS, "{\"a\":1}");
    }

    @Test
    void anAgentIsMeantByItsName() {
        AgentAnswer echo = Attempts.answer(transports, Attempts.of("{'kind':'in-process','name':'echo'}", "{\"a\":1}"));
        AgentAnswer unknown = Attempts.answer(transports, attempt());

        assertThat(echo.output()).isEqualTo("{\"a\":1}");
        assertThat(unknown.error().code()).isEqualTo(AgentErrorCode.AGENT_FAILED);
        assertThat(unknown.error().message())
                .isEqualTo("transport.name: there is no agent \"helper\" on the job's classpath; there are echo,"
                        + " notifier, summariser");
    }

    /** Says which cluster it was told of. */
    private static final class ClusterAgent implements Agent {
        private AgentContext context;

        @Override
        public String name() {
            return "helper";
        }

        @Override
        public void open(AgentContext given) {
            context = given;
        }

        @Override
        public CompletableFuture<String> call(AgentRequest request) {
            return CompletableFuture.completedFuture('"' + context.kafka().get("bootstrap.servers") + '"');
        }
    }

    @Test
    void itIsToldOfTheJobsClusterBeforeTheFirstCallAndDoesNotShowIt() {
        Map<String, String> client = Map.of("bootstrap.servers", "broker:9092", "sasl.jaas.config", "hidden");
        TransportSettings settings =
                TransportSettings.DEFAULTS.with(new TransportSettings.Kafka(client, "replies", List.of("requests-")));
        InProcessTransport transport = new InProcessTransport(
                new TransportContext(settings, new Secrets(null, Map.of()), transports), List.of(new ClusterAgent()));
        opened.add(transport);

        assertThat(await(transport.call(attempt())).output()).isEqualTo("\"broker:9092\"");
        assertThat(new AgentContext(client).toString()).doesNotContain("hidden");
    }

    @Test
    void itIsToldTheSettingsThatAreForAgents() {
        ClusterAgent agent = new ClusterAgent();
        TransportSettings settings = TransportSettings.DEFAULTS.with(
                new TransportSettings.InProcess(1, 1, Map.of("notify.allowed-hosts", "localhost")));
        Secrets secrets = new Secrets(null, Map.of());
        opened.add(new InProcessTransport(new TransportContext(settings, secrets, transports), List.of(agent)));

        assertThat(agent.context.settings()).containsExactly(Map.entry("notify.allowed-hosts", "localhost"));
        assertThat(agent.context.secrets()).isSameAs(secrets);
        assertThat(agent.context.networks()).isEmpty();
    }

    @Test
    void itIsToldWhatBelongsToTheCallAndSaysWhatItUsed() {
        InProcessTransport transport = with(request -> {
            request.used(new Usage(5, 0));
            request.used(new Usage(0, 6));
            assertThat(request.settings()).contains("in-process");
            return CompletableFuture.completedFuture("[\"%s\",\"%s\",\"%s\",%d,\"%s\",%s,\"%s\",\"%s\"]"
                    .formatted(
                            request.tenant(),
                            request.agent(),
                            request.idempotencyKey(),
                            request.attempt(),
                            request.previousError(),
                            request.input(),
                            request.correlationId(),
                            request.traceparent()));
        });

        AgentAnswer answer = await(transport.call(Attempts.afterError(SETTINGS, "{}", "wrong")));

        assertThat(answer.output())
                .isEqualTo("[\"acme\",\"helper\",\"" + Attempts.KEY + "\",2,\"wrong\",{},\"correlation é\","
                        + "\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"]");
        assertThat(answer.usage()).isEqualTo(new Usage(5, 6));
    }

    @Test
    void itNeverRunsOnTheThreadThatCalls() {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        InProcessTransport transport = with(request -> {
            ran.complete(Thread.currentThread());
            return CompletableFuture.completedFuture("1");
        });

        await(transport.call(attempt()));

        assertThat(await(ran).getName()).isEqualTo("agent-helper-1");
    }

    @Test
    void anExceptionIsAFailureWithoutItsMessage() {
        AgentAnswer thrown = await(with(request -> {
                    throw new IllegalStateException("secret");
                })
                .call(attempt()));
        AgentAnswer later = await(with(request -> CompletableFuture.failedFuture(new IOException("secret")))
                .call(attempt()));
        AgentAnswer linkage = await(with(request -> {
                    throw new NoClassDefFoundError("secret");
                })
                .call(attempt()));
        AgentAnswer nothing = await(with(request -> null).call(attempt()));

        assertThat(List.of(thrown, later, linkage, nothing)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(Status.FAILED);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_FAILED);
            assertThat(answer.error().message())
                    .startsWith("the agent failed by java.")
                    .doesNotContain("secret");
        });
    }

    @Test
    void anAgentMayChooseHowItFailed() {
        AgentFailure failure = AgentFailure.retryable(AgentErrorCode.RATE_LIMITED, "too fast")
                .retryAfter(Duration.ofSeconds(3))
                .used(new Usage(1, 2));

        AgentAnswer thrown = await(with(request -> {
                    throw failure;
                })
                .call(attempt()));
        AgentAnswer later =
                await(with(request -> CompletableFuture.failedFuture(failure)).call(attempt()));
        AgentAnswer refused = await(with(request -> {
                    throw AgentFailure.refused(AgentErrorCode.AGENT_REJECTED, "not on Sundays");
                })
                .call(attempt()));

        assertThat(thrown)
                .isEqualTo(AgentAnswer.retryable(AgentErrorCode.RATE_LIMITED, "too fast")
                        .retryAfter(3_000)
                        .with(new Usage(1, 2)));
        assertThat(later).isEqualTo(thrown);
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.error().message()).isEqualTo("not on Sundays");
    }

    @Test
    void whatIsNoJsonIsNoAnswer() {
        AgentAnswer answer = await(
                with(request -> CompletableFuture.completedFuture("hello")).call(attempt()));

        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
    }

    @Test
    void cancellingInterruptsTheAgent() {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        InProcessTransport transport = with(request -> {
            begun.countDown();
            try {
                TimeUnit.MINUTES.sleep(5);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return null;
        });
        CompletableFuture<AgentAnswer> call = transport.call(attempt());
        Await.until("the agent to begin", () -> begun.getCount() == 0);

        call.cancel(true);

        Await.until("the agent to be interrupted", () -> interrupted.getCount() == 0);
    }

    @Test
    void cancellingCancelsTheAgentsFuture() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        InProcessTransport transport = with(request -> {
            begun.complete(null);
            return work;
        });
        CompletableFuture<AgentAnswer> call = transport.call(attempt());
        await(begun);

        call.cancel(true);

        Await.until("the agent's work to be cancelled", work::isCancelled);
    }

    @Test
    void moreCallsThanMayWaitAreOverload() {
        CountDownLatch release = new CountDownLatch(1);
        InProcessTransport transport = with(new TransportSettings.InProcess(1, 1), new TestAgent("helper", request -> {
            release.await();
            return CompletableFuture.completedFuture("1");
        }));
        CompletableFuture<AgentAnswer> running = transport.call(attempt());
        Await.until("the first to run", () -> transport.waiting() == 0);
        CompletableFuture<AgentAnswer> waiting = transport.call(attempt());

        AgentAnswer tooMany = await(transport.call(attempt()));
        assertThat(tooMany.status()).isEqualTo(Status.RETRYABLE);
        assertThat(tooMany.error().code()).isEqualTo(AgentErrorCode.OVERLOADED);

        waiting.cancel(true);
        CompletableFuture<AgentAnswer> inItsPlace = transport.call(attempt());
        release.countDown();
        assertThat(await(running).output()).isEqualTo("1");
        assertThat(await(inItsPlace).output()).isEqualTo("1");
    }

    @Test
    void aCallThatTimedOutBeforeItsTurnLeavesTheQueue() {
        CountDownLatch release = new CountDownLatch(1);
        InProcessTransport transport = with(new TransportSettings.InProcess(1, 1), new TestAgent("helper", request -> {
            release.await();
            return CompletableFuture.completedFuture("1");
        }));
        AnswerFuture running = transport.call(attempt());
        Await.until("the first to run", () -> transport.waiting() == 0);
        AnswerFuture late = transport.call(attempt());

        late.complete(AgentAnswer.timedOut());

        assertThat(transport.waiting()).isZero();
        assertThat(late.wasAsked()).isFalse();
        AnswerFuture inItsPlace = transport.call(attempt());
        release.countDown();
        assertThat(await(running).output()).isEqualTo("1");
        assertThat(await(inItsPlace).output()).isEqualTo("1");
    }

    @Test
    void timingOutInterruptsTheAgentAndKeepsWhatItUsed() {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        InProcessTransport transport = with(request -> {
            request.used(new Usage(5, 6));
            begun.countDown();
            try {
                TimeUnit.MINUTES.sleep(5);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return null;
        });
        AnswerFuture call = transport.call(attempt());
        Await.until("the agent to begin", () -> begun.getCount() == 0);

        call.complete(call.withoutReply(AgentAnswer.timedOut()));

        assertThat(await(call).usage()).isEqualTo(new Usage(5, 6));
        assertThat(await(call).unmetered()).isTrue();
        Await.until("the agent to be interrupted", () -> interrupted.getCount() == 0);
    }

    @Test
    void aThousandCallsThatWaitElsewhereTakeTwoThreads() {
        List<CompletableFuture<String>> works = Collections.synchronizedList(new ArrayList<>());
        InProcessTransport transport =
                with(new TransportSettings.InProcess(2, 1_000), new TestAgent("helper", request -> {
                    CompletableFuture<String> work = new CompletableFuture<>();
                    works.add(work);
                    return work;
                }));
        List<CompletableFuture<AgentAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(transport.call(attempt()));
        }
        Await.until("all to be under way", () -> works.size() == 1_000);

        works.forEach(work -> work.complete("1"));

        calls.forEach(call -> assertThat(await(call).output()).isEqualTo("1"));
    }

    @Test
    void anAgentThatBlocksHoldsUpItselfOnly() {
        CountDownLatch release = new CountDownLatch(1);
        InProcessTransport transport = with(
                new TransportSettings.InProcess(1, 10),
                new TestAgent("helper", request -> {
                    release.await();
                    return CompletableFuture.completedFuture("1");
                }),
                new EchoAgent());
        CompletableFuture<AgentAnswer> blocked = transport.call(attempt());

        AgentAnswer echo = await(transport.call(Attempts.of("{'kind':'in-process','name':'echo'}", "2")));

        assertThat(echo.output()).isEqualTo("2");
        assertThat(blocked).isNotDone();
        release.countDown();
        await(blocked);
    }

    @Test
    void twoAgentsOfOneNameAreAMistake() {
        assertThatThrownBy(() -> with(
                        new TransportSettings.InProcess(1, 1), new EchoAgent(), new TestAgent("echo", request -> null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("EchoAgent")
                .hasMessageContaining("are called \"echo\"");
    }
}
