package io.millrace.logic.vault;

import static io.millrace.logic.vault.TestVault.ENTROPY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldKeysTest {
    private final HeldKeys keys = new HeldKeys(TestVault.ring(TestVault.FIRST_KEY), ENTROPY);

    @Test
    void keysAreFoundByTheirConversationAlone() {
        UUID first = keys.make(TestVault.owner("c-1")).keyId();
        UUID second = keys.make(TestVault.owner("c-1")).keyId();
        UUID other = keys.make(new VaultOwner("other", "c-1")).keyId();

        assertThat(keys.all(TestVault.owner("c-1"))).containsExactlyInAnyOrder(first, second);
        assertThat(keys.all(new VaultOwner("other", "c-1"))).containsExactly(other);
        assertThat(keys.find(TestVault.owner("c-1"), first)).isNotNull();
        assertThat(keys.find(TestVault.owner("c-1"), other)).isNull();
        keys.forget(TestVault.owner("c-1"), first);
        assertThat(keys.all(TestVault.owner("c-1"))).containsExactly(second);
        assertThat(keys.find(TestVault.owner("c-1"), first)).isNull();
        assertThat(keys.size()).isEqualTo(2);
    }

    /** Against maps, with many keys of few conversations, so that slots collide. */
    @Test
    void whatIsHeldIsWhatWasPutAndNotForgotten() {
        Random random = new Random(3);
        Map<String, List<UUID>> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String conversation = "c-" + random.nextInt(300);
            List<UUID> ids = expected.computeIfAbsent(conversation, id -> new ArrayList<>());
            if (ids.isEmpty() || random.nextInt(5) < 2) {
                ids.add(keys.make(TestVault.owner(conversation)).keyId());
            } else {
                keys.forget(TestVault.owner(conversation), ids.remove(random.nextInt(ids.size())));
            }
        }

        expected.forEach((conversation, ids) -> {
            assertThat(keys.all(TestVault.owner(conversation))).containsExactlyInAnyOrderElementsOf(ids);
            ids.forEach(id -> assertThat(
                            keys.find(TestVault.owner(conversation), id).id())
                    .isEqualTo(id));
        });
        assertThat(keys.size())
                .isEqualTo(expected.values().stream().mapToInt(List::size).sum());
        assertThat(keys.underEarlierMasterKeys()).isZero();
    }

    @Test
    void aKeyThatAnotherKeyWrappedUnderThatNameIsNone() {
        UUID id = new UUID(1, 2);
        MasterKeyRing other = TestVault.ring(TestVault.SECOND_KEY);
        String mine = keys.make(TestVault.owner("c-1")).wrapped().masterKey();
        keys.put(
                TestVault.owner("c-2"),
                id,
                new WrappedKey(mine, other.wrap(new byte[32]).bytes()));
        keys.put(TestVault.owner("c-3"), id, new WrappedKey(mine, new byte[3]));

        assertThat(keys.find(TestVault.owner("c-2"), id)).isNull();
        assertThat(keys.find(TestVault.owner("c-3"), id)).isNull();
        assertThat(keys.renew(TestVault.owner("c-2"), id)).isNull();
    }

    @Test
    void theRecordsOfTwoConversationsNeverHaveOneKey() {
        UUID id = new UUID(1, 2);
        VaultOwner odd = new VaultOwner("a/b%2F", "c/d");
        VaultOwner like = new VaultOwner("a", "b%2F/c/d");

        assertThat(odd.recordKey(id)).isNotEqualTo(like.recordKey(id));
        assertThat(VaultOwner.ofRecord(odd.recordKey(id))).isEqualTo(new VaultOwner.OwnedKey(odd, id));
        assertThat(VaultOwner.ofRecord(like.recordKey(id))).isEqualTo(new VaultOwner.OwnedKey(like, id));
        assertThat(VaultOwner.of(odd.key())).isEqualTo(odd);
    }

    @Test
    void whatIsNoKeyOfARecordIsToldApart() {
        for (String text : List.of(
                "",
                "/",
                "acme",
                "acme/c-1",
                "acme/c-1/",
                "acme/c-1/x",
                "/c-1/" + new UUID(1, 2),
                "acme//" + new UUID(1, 2),
                "acme/c-1/zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz")) {
            VaultOwner.OwnedKey owned = VaultOwner.ofRecord(text.getBytes(StandardCharsets.UTF_8));
            assertThat(owned == null || owned.owner().conversationId().isEmpty())
                    .as(text)
                    .isTrue();
        }
    }
}
