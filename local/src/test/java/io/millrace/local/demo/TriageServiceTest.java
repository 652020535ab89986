package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriageServiceTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Pay the invoice of the data centre, v1, finance",
                "Renew the certificate of the shop,  v2, engineering",
                "Check yesterday's deployment,       v1, engineering",
                "Check yesterday's deployment,       v2, ",
                "Check yesterday's deployment,       v3, engineering",
                "Interview: backend engineer,        v1, office",
                "Interview: backend engineer,        v2, ",
                "Interview: backend engineer,        v3, people",
                "Water the plants by the entrance,   v3, office",
            })
    void theSecondVersionHasAFault(String title, String version, String team) {
        assertThat(TriageService.team(title.toLowerCase(java.util.Locale.ROOT), version))
                .isEqualTo(team);
    }

    @Test
    void itAnswersOverHttp() throws Exception {
        try (TriageService service = TriageService.start()) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(service.url("v1")))
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"Pay the invoice\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"team\":\"finance\"}");
        }
    }
}
