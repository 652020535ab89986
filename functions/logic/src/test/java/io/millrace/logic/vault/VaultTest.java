package io.millrace.logic.vault;

import static io.millrace.logic.vault.TestVault.ENTROPY;
import static io.millrace.logic.vault.TestVault.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.PiiType;
import io.millrace.logic.pii.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final Set<PiiType> ALL = EnumSet.allOf(PiiType.class);
    private static final Wording WORDING = Wording.of("en");
    private static final int ROOM = 100_000;

    private final PiiTokenizer tokenizer = new PiiTokenizer(TokenKey.of(new byte[32], "acme"));
    private final HeldKeys keys = new HeldKeys(
            MasterKeyRing.parse(TestVault.FIRST_KEY.getBytes(StandardCharsets.UTF_8), ENTROPY),
            ENTROPY);
    private Vault vault = new Vault(TestVault.owner("c-1"), null, keys, ENTROPY);

    private void reopen() {
        vault = new Vault(TestVault.owner("c-1"), TestVault.copy(vault.close(NOW)), keys, ENTROPY);
    }

    private String conceal(String text) {
        return vault.conceal(tokenizer, text);
    }

    private Revealed reveal(String text) {
        return vault.reveal(text, ALL, WORDING, ROOM);
    }

    @Test
    void onlyTheKindsThatAreAskedForAreRevealed() {
        String concealed = conceal("jane@example.com, +33 6 12 34 56 78");
        reopen();

        Revealed mails = vault.reveal(concealed, EnumSet.of(PiiType.EMAIL), WORDING, ROOM);
        assertThat(mails.text()).startsWith("jane@example.com, TOKEN_");
        assertThat(mails.tokens()).isEqualTo(new TokenCounts(1, 0, 0, 1));
        assertThat(vault.reveal(concealed, Set.of(), WORDING, ROOM).text()).isEqualTo(concealed);
    }

    @Test
    void aValueIsRevealedAsItWasWrittenLast() {
        String first = conceal("Ring 06 12 34 56 78, or");
        String second = conceal("ring +33 6 12 34 56 78.");

        assertThat(reveal(first + " " + second).text())
                .isEqualTo("Ring +33 6 12 34 56 78, or ring +33 6 12 34 56 78.");
    }

    @Test
    void aNameIsConcealedAsAWholeAndComesBack() {
        String token = vault.concealWhole(tokenizer, PiiType.PERSON, "Rahsaan Kuhic");

        assertThat(token).startsWith("TOKEN_").hasSize(42);
        assertThat(reveal("Dear " + token + ",").text()).isEqualTo("Dear Rahsaan Kuhic,");
    }

    @Test
    void whatWasUsedLongestAgoGivesWayToTheNew() {
        String first = conceal("first@example.com");
        String second = conceal("second@example.com");
        reveal(first);
        for (int i = 0; i < Vault.MOST_VALUES - 1; i++) {
            conceal("mail" + i + "@example.com");
        }
        reopen();

        assertThat(reveal(first).text()).isEqualTo("first@example.com");
        assertThat(reveal(second).text()).isEqualTo("[…]");
        assertThat(vault.close(NOW).kept()).hasSize(Vault.MOST_VALUES);
    }

    @Test
    void aVaultTakesNoMoreThanItsBytes() {
        for (int i = 0; i < 100; i++) {
            vault.concealWhole(tokenizer, PiiType.ADDRESS, i + "x".repeat(Vault.MOST_VALUE_BYTES - 3));
        }

        int bytes = vault.close(NOW).kept().stream()
                .mapToInt(VaultState.Kept::bytes)
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(Vault.MOST_BYTES).isGreaterThan(Vault.MOST_BYTES / 2);
    }

    @Test
    void aValueThatIsTooLongHasATokenAndDoesNotComeBack() {
        String token = vault.concealWhole(tokenizer, PiiType.SECRET, "s".repeat(Vault.MOST_VALUE_BYTES + 1));

        assertThat(reveal(token)).isEqualTo(new Revealed("[…]", new TokenCounts(0, 1, 0, 0)));
    }

    @Test
    void aRevealedTextIsNoLongerThanItMayBe() {
        String token = vault.concealWhole(tokenizer, PiiType.ADDRESS, "a".repeat(1_000));

        Revealed revealed = vault.reveal((token + " ").repeat(100), ALL, WORDING, 5_000);
        assertThat(revealed.text()).hasSizeLessThanOrEqualTo(5_000).contains("a".repeat(1_000), "[…]");
        assertThat(revealed.tokens().restored() + revealed.tokens().withheld()).isEqualTo(100);
    }

    @Test
    void aValueThatLooksLikeATokenIsNotReadAgain() {
        String other = conceal("jane@example.com");
        String token = vault.concealWhole(tokenizer, PiiType.PERSON, "Mr " + other);

        assertThat(reveal(token).text()).isEqualTo("Mr " + other);
    }

    @Test
    void aTokenInCapitalLettersIsTheSame() {
        String token = conceal("jane@example.com");
        String loud = "TOKEN_" + token.substring(6).toUpperCase(Locale.ROOT);

        assertThat(reveal(loud).text()).isEqualTo("jane@example.com");
    }

    @Test
    void whatIsSealedForOneConversationOpensInNoOther() {
        String concealed = conceal("jane@example.com");
        VaultState state = vault.close(NOW);
        VaultOwner other = TestVault.owner("c-2");
        ConversationKeys all = new ConversationKeys() {
            @Override
            public DataKey find(VaultOwner owner, UUID keyId) {
                return keys.find(TestVault.owner("c-1"), keyId);
            }

            @Override
            public Written make(VaultOwner owner) {
                return keys.make(owner);
            }

            @Override
            public Written renew(VaultOwner owner, UUID keyId) {
                return null;
            }

            @Override
            public List<UUID> all(VaultOwner owner) {
                return keys.all(owner);
            }

            @Override
            public void forget(VaultOwner owner, UUID keyId) {
                keys.forget(owner, keyId);
            }
        };

        Revealed moved = new Vault(other, state, all, ENTROPY).reveal(concealed, ALL, WORDING, ROOM);
        assertThat(moved.text()).isEqualTo("[removed]");
    }

    @Test
    void noTwoCiphertextsOfOneValueAreTheSame() {
        conceal("jane@example.com");
        byte[] first = vault.close(NOW).kept().get(0).sealed();
        conceal("jane@example.com");

        assertThat(vault.close(NOW).kept().get(0).sealed()).isNotEqualTo(first);
    }

    @Test
    void wordsForWhatIsGoneAreInTheCustomersLanguage() {
        assertThat(Wording.of("fr-CA").gone()).isEqualTo("[supprimé]");
        assertThat(Wording.of("es").gone()).isEqualTo("[eliminado]");
        assertThat(Wording.of(null)).isEqualTo(Wording.of("en"));
    }
}
