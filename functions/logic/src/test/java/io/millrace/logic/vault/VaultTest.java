package io.millrace.logic.vault;

import static io.millrace.logic.vault.TestVault.ENTROPY;
import static io.millrace.logic.vault.TestVault.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.TokenKey;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final Wording WORDING = Wording.of("en");
    private static final int ROOM = 100_000;

    private final PiiTokenizer tokenizer = new PiiTokenizer(TokenKey.of(new byte[32], "acme"));
    private final HeldKeys keys = new HeldKeys(TestVault.ring(TestVault.FIRST_KEY), ENTROPY);
    private Vault vault = new Vault(TestVault.owner("c-1"), null, keys, ENTROPY);

    private void reopen() {
        vault = new Vault(TestVault.owner("c-1"), TestVault.copy(vault.close(NOW)), keys, ENTROPY);
    }

    private String conceal(String text) {
        return vault.conceal(tokenizer, text);
    }

    /** A private key in PEM, which is one value however long it is. */
    private static String secret(int number, int length) {
        String letters = "%04dAb".formatted(number).repeat(length / 6);
        return "-----BEGIN PRIVATE KEY-----\n" + letters + "\n-----END PRIVATE KEY-----";
    }

    private Revealed reveal(String text) {
        return vault.reveal(text, WORDING, ROOM);
    }

    @Test
    void aValueIsRevealedAsItWasWrittenLast() {
        String first = conceal("Ring 06 12 34 56 78, or");
        String second = conceal("ring +33 6 12 34 56 78.");

        assertThat(reveal(first + " " + second).text()).isEqualTo("Ring +33 6 12 34 56 78, or ring +33 6 12 34 56 78.");
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
            conceal(secret(i, Vault.MOST_VALUE_BYTES - 100));
        }

        int bytes = vault.close(NOW).kept().stream()
                .mapToInt(VaultState.Kept::bytes)
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(Vault.MOST_BYTES).isGreaterThan(Vault.MOST_BYTES / 2);
    }

    @Test
    void aValueThatIsTooLongHasATokenAndDoesNotComeBack() {
        String token = conceal(secret(0, Vault.MOST_VALUE_BYTES));

        assertThat(reveal(token)).isEqualTo(new Revealed("[…]", new TokenCounts(0, 1, 0, 0)));
    }

    @Test
    void aRevealedTextIsNoLongerThanItMayBe() {
        String secret = secret(0, 1_000);
        String token = conceal(secret);

        Revealed revealed = vault.reveal((token + " ").repeat(100), WORDING, 5_000);
        assertThat(revealed.text()).hasSizeLessThanOrEqualTo(5_000).contains(secret, "[…]");
        assertThat(revealed.tokens().restored() + revealed.tokens().withheld()).isEqualTo(100);
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

        Revealed moved = new Vault(other, state, all, ENTROPY).reveal(concealed, WORDING, ROOM);
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
