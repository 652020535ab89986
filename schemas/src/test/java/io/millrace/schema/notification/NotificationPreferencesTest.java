package io.millrace.schema.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationPreferencesTest {

    private static NotificationPreferences read(String key, String fields) throws RejectedEventException {
        String event = ("{'schema_version':1,'event_id':'0d0f7c1a-58a3-4f38-9a55-2f0c7d1b6e10',"
                        + "'event_type':'notification.preferences','occurred_at':'2026-12-02T07:00:00Z','tenant':'a/b',"
                        + "'user_id':'ann'," + fields + "}")
                .replace('\'', '"');
        return NotificationPreferences.read(new SourceRecord(
                "notification-preferences",
                0,
                0,
                0,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                event.getBytes(StandardCharsets.UTF_8),
                List.of()));
    }

    @Test
    void theKeyIsTenantAndPerson() throws RejectedEventException {
        assertThat(read("a%2Fb/ann", "'channels':[]").key()).isEqualTo("a%2Fb/ann");
        for (String other : new String[] {"ann", "a/b/ann", null}) {
            assertThatThrownBy(() -> read(other, "'channels':[]"))
                    .isInstanceOfSatisfying(RejectedEventException.class, rejected -> assertThat(rejected.code())
                            .isEqualTo(ErrorCode.INVALID_KEY));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'webhook','address':'https://hooks.example.com/a?b=c'}",
                "{'kind':'webhook','address':'http://localhost:9000','secret':'hooks-2_x'}",
                "{'kind':'slack','secret':'room'}",
                "{'kind':'slack','address':'https://hooks.slack.example/services/x'}",
                "{'kind':'email','address':'o.hara+x@mail.example.co.uk','about':['alerts','alerts']}",
            })
    void channelsAreTaken(String channel) throws RejectedEventException {
        NotificationPreferences preferences = read("a%2Fb/ann", "'channels':[" + channel + "]");

        assertThat(preferences.channels().get(0).id()).doesNotContain("example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'channels':[{'kind':'webhook'}] | channels[0].address: missing",
                "'channels':[{'kind':'email'}] | channels[0].address: missing",
                "'channels':[{'kind':'slack'}] | channels[0].address: missing; a URL, or secret",
                "'channels':[{'kind':'webhook','address':'https://a b'}] | channels[0].address: must be a URL",
                "'channels':[{'kind':'webhook','address':'https://u:p@example.com'}] | channels[0].address: must be a URL that",
                "'channels':[{'kind':'webhook','address':'https:///x'}] | channels[0].address: must be a URL that",
                "'channels':[{'kind':'email','address':'a@example.com','secret':'x'}] | channels[0].secret: an e-mail has none",
                "'channels':[{'kind':'email','address':'a b@example.com'}] | channels[0].address: must be an address of mail",
                "'channels':[{'kind':'slack','secret':'../x'}] | channels[0].secret: must be letters",
                "'channels':[{'kind':'slack','secret':'a--b'}] | channels[0].secret: must be letters",
                "'channels':[],'language':'de' | language: must be one of en, fr, es",
                "'channels':[],'quiet_hours':{'from':'7:00','to':'08:00'} | quiet_hours.from: must have 5",
                "'channels':[],'quiet_hours':{'from':'24:00','to':'08:00'} | quiet_hours.from: must be a time of the day",
                "'channels':[],'quiet_hours':{'from':'08:00','to':'08:00'} | quiet_hours.to: is 08:00 as from is",
                "'channels':[],'digest':'at_times' | digest_times: missing",
                "'channels':[],'digest':'hourly','digest_times':['08:00'] | digest_times: are for",
                "'channels':[],'digest':'at_times','digest_times':['8'] | digest_times[0]: must be a time of the day",
            })
    void whatIsWrongIsNamed(String fields, String message) {
        assertThatThrownBy(() -> read("a%2Fb/ann", fields))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aChannelTellsOfWhatItIsAbout() {
        Channel all = new Channel(ChannelKind.WEBHOOK, "https://example.com", List.of(), null);
        Channel some = new Channel(ChannelKind.WEBHOOK, "https://example.com", List.of(About.ALERTS), null);

        assertThat(all.tells(About.REMINDERS)).isTrue();
        assertThat(some.tells(About.REMINDERS)).isFalse();
        assertThat(some.tells(About.ALERTS)).isTrue();
    }
}
