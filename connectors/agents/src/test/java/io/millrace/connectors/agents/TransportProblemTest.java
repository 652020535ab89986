package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registration is rejected for. */
class TransportProblemTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'http','url':'http://localhost:8088/summarise'}",
                "{'kind':'http','url':'https://agents.example/a?b=c','protocol':'a2a','output':null,'unknown':1}",
                "{'kind':'http','url':'https://a.example','output':'status','headers':{'accept-language':'fr'}}",
                "{'kind':'http','url':'https://a.example','headers':{'authorization':{'secret':'t','prefix':'Bearer '}}}",
                "{'kind':'nats','subject':'agents.summarise'}",
                "{'kind':'nats','service':'summariser','endpoint':'one'}",
                "{'kind':'llm'}",
                "{'kind':'llm','deployment':'gpt-4o','system':'Be brief.','temperature':0.2,'max_tokens':500}",
                "{'kind':'llm','operation':'embeddings'}",
                "{'kind':'llm','max_completion_tokens':500,'temperature':2}",
                "{'kind':'in-process'}",
                "{'kind':'in-process','name':'echo'}",
                "{'kind':'topic','topic':'agent-requests-translator'}",
                "{'kind':'flag','flag':'translator-version'}",
                "{'kind':'flag','flag':'translator-version','otherwise':'translator-1'}",
            })
    void aDefinitionThatCanBeUsed(String settings) {
        assertThat(AgentTransports.problem(Attempts.transport(settings))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'pigeon'}| transport.kind: must be one of flag, http, in-process, llm, nats, topic",
                "{'kind':'http'}| transport.url: missing",
                "{'kind':'http','url':7}| transport.url: expected a string, found a number",
                "{'kind':'http','url':'ftp://a'}| transport.url: must begin with http:// or https:// and a host",
                "{'kind':'http','url':'http:///a'}| transport.url: must begin with http:// or https:// and a host",
                "{'kind':'http','url':'http://me:secret@a.b'}| transport.url: must have neither user information",
                "{'kind':'http','url':'http://a.b c'}| transport.url: must be a URL",
                "{'kind':'http','url':'http://a','url':'http://b'}| transport.url: given twice",
                "{'kind':'http','url':'http://a','protocol':'soap'}| transport.protocol: must be one of json, a2a",
                "{'kind':'http','url':'http://a','protocol':'a2a','output':'status'}| transport.output: must be body",
                "{'kind':'http','url':'http://a','headers':[]}| transport.headers: expected an object, found an array",
                "{'kind':'http','url':'http://a','headers':{'a b':'c'}}| transport.headers: has a name that is no header's",
                "{'kind':'http','url':'http://a','headers':{'Host':'c'}}| transport.headers.Host: is set by Millrace",
                "{'kind':'http','url':'http://a','headers':{'Keep-Alive':'c'}}| transport.headers.Keep-Alive: is set by Millrace, or",
                "{'kind':'http','url':'http://a','headers':{'Proxy-Authorization':'c'}}| transport.headers.Proxy-Authorization: is",
                "{'kind':'http','url':'http://a','headers':{'trailer':'c'}}| transport.headers.trailer: is set by",
                "{'kind':'http','url':'http://a','headers':{'Accept-Encoding':'c'}}| transport.headers.Accept-Encoding: is set",
                "{'kind':'http','url':'http://a','headers':{'Content-Encoding':'c'}}| transport.headers.Content-Encoding: is",
                "{'kind':'http','url':'http://a','headers':{'Transfer-Encoding':'c'}}| transport.headers.Transfer-Encoding: is",
                "{'kind':'http','url':'http://my_agent/'}| transport.url: the host \"my_agent\" has a '_', which is no character",
                "{'kind':'http','url':'http://my_agent:8080/'}| transport.url: the host \"my_agent\" has a '_'",
                "{'kind':'http','url':'http://münchen.de/'}| transport.url: the host \"münchen.de\" must be written in ASCII: \"xn--mnchen-3ya.de\"",
                "{'kind':'http','url':'http://m%C3%BCnchen.de:80/'}| transport.url: the host \"münchen.de\" must be written in ASCII",
                "{'kind':'http','url':'http://a:0/'}| transport.url: the port \"0\" must be between 1 and 65535",
                "{'kind':'http','url':'http://a:70000/'}| transport.url: the port \"70000\" must be between 1 and 65535",
                "{'kind':'http','url':'http://a:99999999999/'}| transport.url: the port \"99999999999\" must be between",
                "{'kind':'http','url':'http://127.1/'}| transport.url: the host \"127.1\" is no name and no address",
                "{'kind':'http','url':'http://-a/'}| transport.url: the host \"-a\" is no name and no address",
                "{'kind':'http','url':'http://:80/'}| transport.url: must begin with http:// or https:// and a host",
                "{'kind':'http','url':'mailto:a'}| transport.url: must begin with http:// or https:// and a host",
                "{'kind':'http','url':'http://a','headers':{'idempotency-key':'c'}}| transport.headers.idempotency-key: is set",
                "{'kind':'http','url':'http://a','headers':{'a':'é'}}| transport.headers.a: must consist of visible ASCII",
                "{'kind':'http','url':'http://a','headers':{'a':{}}}| transport.headers.a.secret: must name a secret",
                "{'kind':'http','url':'http://a','headers':{'a':{'secret':'../x'}}}| transport.headers.a.secret: must name a",
                "{'kind':'nats'}| transport.subject: missing, and there is no service either",
                "{'kind':'nats','subject':'a.*'}| transport.subject: must be a subject",
                "{'kind':'nats','subject':'$SYS.a'}| transport.subject: must be a subject",
                "{'kind':'nats','service':'a.b'}| transport.service: must be letters",
                "{'kind':'nats','subject':'a','service':'b'}| transport.subject: cannot be there together",
                "{'kind':'llm','operation':'sing'}| transport.operation: must be one of chat, embeddings",
                "{'kind':'llm','temperature':3}| transport.temperature: must be between 0 and 2",
                "{'kind':'llm','temperature':'hot'}| transport.temperature: must be a number",
                "{'kind':'llm','max_tokens':0}| transport.max_tokens: must be between 1 and 1000000",
                "{'kind':'llm','max_tokens':1,'max_completion_tokens':1}| transport.max_tokens: cannot be there together",
                "{'kind':'llm','deployment':'../x'}| transport.deployment: must be the name of a deployment",
                "{'kind':'in-process','name':''}| transport.name: must have 1 to 100 characters",
                "{'kind':'flag'}| transport.flag: missing",
                "{'kind':'flag','flag':''}| transport.flag: must have 1 to 100 characters",
                "{'kind':'flag','flag':'a','otherwise':7}| transport.otherwise: expected a string",
                "{'kind':'topic'}| transport.topic: missing",
                "{'kind':'topic','topic':'a b'}| transport.topic: must be the name of a topic",
                "{'kind':'topic','topic':'..'}| transport.topic: must be the name of a topic",
            })
    void whatIsWrongIsSaidByTheNameOfTheField(String settings, String problem) {
        assertThat(AgentTransports.problem(Attempts.transport(settings))).startsWith(problem);
    }

    @Test
    void aCallWithSuchADefinitionFails() {
        try (AgentTransports transports = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertThat(Attempts.answer(transports, Attempts.of("{'kind':'http'}", "1"))
                            .error()
                            .message())
                    .isEqualTo("transport.url: missing");
            assertThat(Attempts.answer(transports, Attempts.of("{'kind':'pigeon'}", "1"))
                            .error()
                            .message())
                    .startsWith("transport.kind: must be one of");
        }
    }

    @Test
    void theKindsAreThoseThatCanBeOpened() {
        try (AgentTransports transports = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertThat(AgentTransports.KINDS)
                    .containsExactlyInAnyOrder("flag", "http", "in-process", "llm", "nats", "topic");
            assertThat(AgentTransports.KINDS.stream().filter(transports::reaches))
                    .containsExactlyInAnyOrder("flag", "http", "in-process");
            assertThat(transports.reaches("pigeon")).isFalse();
        }
    }
}
