package io.millrace.logic.vault;

import static io.millrace.logic.vault.TestVault.NOW;
import static io.millrace.logic.vault.TestVault.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultDeciderTest {
    private static final String MAIL = "Write to jane.doe@example.com please";
    private static final long AGAIN = SETTINGS.deleteAgainAfter().toMillis();
    private static final long TIME_TO_LIVE = SETTINGS.timeToLive().toMillis();

    private final TestVault vault = TestVault.begin();

    @Test
    void whatACustomerWroteComesBackToThatCustomerAlone() {
        String concealed = vault.hear("c-1", MAIL);
        vault.hear("c-2", "Call +33 6 12 34 56 78");

        assertThat(concealed).contains("TOKEN_").doesNotContain("jane.doe");
        assertThat(vault.answer("c-1", concealed)).isEqualTo(MAIL);
        assertThat(vault.answer("c-2", concealed)).isEqualTo("Write to […] please");
        assertThat(vault.answer("c-3", concealed)).isEqualTo("Write to […] please");
    }

    @Test
    void theSameValueHasOneTokenInAllConversationsOfATenant() {
        assertThat(vault.hear("c-1", MAIL)).isEqualTo(vault.hear("c-2", MAIL));
    }

    @Test
    void aTokenThatACustomerTypesIsNoKeyToAnothersValue() {
        String concealed = vault.hear("c-1", MAIL);
        String typed = vault.hear("c-2", "My mail is joe@example.org, and repeat " + concealed);

        assertThat(vault.answer("c-2", typed))
                .isEqualTo("My mail is joe@example.org, and repeat Write to […] please");
    }

    @Test
    void aTextWithoutPersonalDataLeavesNothingBehind() {
        assertThat(vault.hear("c-1", "Where is it?")).isEqualTo("Where is it?");
        assertThat(vault.answer("c-1", "On its way.")).isEqualTo("On its way.");
        assertThat(vault.states).isEmpty();
        assertThat(vault.topic).isEmpty();
    }

    @Test
    void aConversationHasOneKeyThatIsWrittenOnce() {
        vault.hear("c-1", MAIL);
        vault.hear("c-1", "or joe@example.org");
        vault.hear("c-2", MAIL);

        assertThat(vault.topic).hasSize(2);
        assertThat(vault.topic.keySet()).allMatch(key -> key.startsWith("acme/c-1/") || key.startsWith("acme/c-2/"));
    }

    @Test
    void neitherStateNorTopicHoldsAValueInTheClear() {
        vault.hear("c-1", MAIL);

        String sealed = TestVault.hexOf(
                vault.states.values().iterator().next().kept().get(0).sealed());
        assertThat(sealed).doesNotContain(TestVault.hexOf("jane.doe".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anErasedConversationIsGoneFromCheckpointsOfBefore() {
        String concealed = vault.hear("c-1", MAIL);
        String other = vault.hear("c-2", MAIL);
        Map<String, VaultState> before = vault.checkpoint();
        vault.erase("c-1", NOW + 1);

        assertThat(vault.topic).hasSize(1);
        assertThat(vault.answer("c-1", concealed)).isEqualTo("Write to […] please");
        TestVault restored = vault.restart(before);
        assertThat(restored.answer("c-1", concealed)).isEqualTo("Write to [removed] please");
        assertThat(restored.answer("c-1", concealed + "[fr]")).isEqualTo("Write to [supprimé] please[fr]");
        assertThat(restored.count("c-1", concealed)).isEqualTo(new TokenCounts(0, 0, 1, 0));
        assertThat(restored.answer("c-2", other)).isEqualTo(MAIL);
    }

    @Test
    void afterAnErasureThatWasRolledBackTheConversationGoesOnWithANewKeyAndIsErasedAgain() {
        vault.hear("c-1", MAIL);
        Map<String, VaultState> before = vault.checkpoint();
        vault.erase("c-1", NOW + 1);

        TestVault restored = vault.restart(before);
        String concealed = restored.hear("c-1", MAIL);
        assertThat(restored.answer("c-1", concealed)).isEqualTo(MAIL);
        restored.erase("c-1", NOW + 1);
        assertThat(restored.topic).isEmpty();
        assertThat(restored.answer("c-1", concealed)).isEqualTo("Write to […] please");
    }

    @Test
    void theRecordsOfKeysAreDeletedOnceMoreWhenTheirSegmentIsOver() {
        vault.hear("c-1", MAIL);
        Map<String, WrappedKey> written = Map.copyOf(vault.topic);
        vault.erase("c-1", NOW + 1);

        assertThat(vault.nextWake("c-1")).isEqualTo(NOW + 1 + AGAIN);
        vault.topic.putAll(written);
        vault.wake("c-1");
        assertThat(vault.topic).isEmpty();
        assertThat(vault.states).isEmpty();
    }

    @Test
    void aConversationThatGoesOnAfterItWasErasedKeepsWhatItSaysThen() {
        vault.hear("c-1", MAIL);
        vault.erase("c-1", NOW + 1);
        String later = vault.hear("c-1", MAIL, NOW + 2);
        vault.wake("c-1");

        assertThat(vault.topic).hasSize(1);
        assertThat(vault.answer("c-1", later)).isEqualTo(MAIL);
        assertThat(vault.nextWake("c-1")).isEqualTo(NOW + 2 + TIME_TO_LIVE);
    }

    @Test
    void aKeyOfAnAttemptThatWasRolledBackDoesNoHarmAndIsErasedToo() {
        Map<String, VaultState> empty = vault.checkpoint();
        String first = vault.hear("c-1", MAIL);
        TestVault second = vault.restart(empty);
        String again = second.hear("c-1", MAIL);

        assertThat(again).as("what leaves is the same").isEqualTo(first);
        assertThat(second.answer("c-1", again)).isEqualTo(MAIL);
        assertThat(second.topic).hasSize(2);
        second.erase("c-1", NOW + 1);
        assertThat(second.topic).isEmpty();
    }

    @Test
    void anAttemptThatShouldHaveEndedCannotReplaceAKey() {
        vault.hear("c-1", MAIL);
        Map<String, VaultState> checkpoint = vault.checkpoint();
        TestVault living = vault.restart(checkpoint);
        String concealed = living.hear("c-1", "and joe@example.org");
        Map<String, VaultState> next = living.checkpoint();

        // Without the state of the checkpoint, as one that restored an earlier one.
        TestVault zombie = living.restart(Map.of());
        zombie.hear("c-1", MAIL);

        TestVault after = living.restart(next);
        assertThat(after.answer("c-1", concealed)).isEqualTo("and joe@example.org");
        assertThat(after.answer("c-1", vault.hear("c-1", MAIL))).isEqualTo(MAIL);
    }

    @Test
    void whatIsNotUsedForLongIsForgottenAndItsKeysAreDeletedLater() {
        String concealed = vault.hear("c-1", MAIL);
        assertThat(vault.nextWake("c-1")).isEqualTo(NOW + TIME_TO_LIVE);
        vault.wake("c-1");

        assertThat(vault.answer("c-1", concealed)).isEqualTo("Write to […] please");
        assertThat(vault.topic).as("somebody may have gone on with it").hasSize(1);
        assertThat(vault.nextWake("c-1")).isEqualTo(NOW + TIME_TO_LIVE + AGAIN);
        vault.wake("c-1");
        assertThat(vault.topic).isEmpty();
        assertThat(vault.nextWake("c-1")).isEqualTo(NOW + TIME_TO_LIVE + 2 * AGAIN);
        vault.wake("c-1");
        assertThat(vault.states).isEmpty();
    }

    @Test
    void whatIsUsedInTimeIsKept() {
        vault.hear("c-1", MAIL);
        String concealed = vault.hear("c-1", MAIL, NOW + TIME_TO_LIVE - 1);

        assertThat(vault.nextWake("c-1")).isEqualTo(NOW + 2 * TIME_TO_LIVE - 1);
        assertThat(vault.answer("c-1", concealed)).isEqualTo(MAIL);
    }

    @Test
    void aNewMasterKeyWrapsAnewWhatIsUsedAndTheFormerOneIsNotNeededThen() {
        String concealed = vault.hear("c-1", MAIL);
        vault.hear("c-2", MAIL);
        TestVault rotated = vault.restart(vault.checkpoint(), TestVault.SECOND_KEY + "\n" + TestVault.FIRST_KEY);
        assertThat(rotated.keys.underEarlierMasterKeys()).isEqualTo(2);
        assertThat(rotated.answer("c-1", concealed)).isEqualTo(MAIL);
        assertThat(rotated.keys.underEarlierMasterKeys()).isEqualTo(1);
        rotated.hear("c-2", MAIL);
        assertThat(rotated.keys.underEarlierMasterKeys()).isZero();
        assertThat(rotated.topic).hasSize(2);

        TestVault later = rotated.restart(rotated.checkpoint(), TestVault.SECOND_KEY);
        assertThat(later.keys.underMissingMasterKeys()).isEmpty();
        assertThat(later.answer("c-1", concealed)).isEqualTo(MAIL);
    }

    @Test
    void aWrongMasterKeyDestroysNothing() {
        String concealed = vault.hear("c-1", MAIL);
        TestVault wrong = vault.restart(vault.checkpoint(), TestVault.SECOND_KEY);

        assertThat(wrong.keys.underMissingMasterKeys()).hasSize(1).containsValue(1);
        assertThat(wrong.answer("c-1", concealed)).isEqualTo("Write to [removed] please");
        wrong.hear("c-1", "or joe@example.org");

        TestVault right = wrong.restart(wrong.checkpoint(), TestVault.FIRST_KEY + "\n" + TestVault.SECOND_KEY);
        assertThat(right.answer("c-1", concealed)).isEqualTo(MAIL);
    }

    @Test
    void onlySoManyKeysAreRememberedAsThrownAway() {
        for (int i = 0; i < 2 * VaultState.MOST_ENDING; i++) {
            vault.hear("c-1", MAIL, NOW + i);
            vault.erase("c-1", NOW + i);
        }

        assertThat(vault.topic).isEmpty();
        assertThat(vault.states.get(TestVault.owner("c-1").key()).ending()).hasSize(VaultState.MOST_ENDING);
    }
}
