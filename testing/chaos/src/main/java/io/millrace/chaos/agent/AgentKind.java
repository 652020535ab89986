package io.millrace.chaos.agent;

import java.util.List;
import java.util.Locale;

/** The agents of an episode: what their definitions say, and how they behave. */
enum AgentKind {
    /** Answers at once; in the middle of the episode it moves. */
    PROMPT(26, ""),
    /** Answers after up to 3 s. */
    SLOW(14, ""),
    /** Fails first, for some calls, or asks to be left alone for a second. */
    FLAKY(14, "'retry':{'max_attempts':5,'initial_ms':100,'max_ms':400}"),
    /** What it says first is not what its schema wants, and for some calls no JSON. */
    MUDDLED(
            7,
            "'retry':{'initial_ms':100},'output_schema':{'type':'object','properties':{'answer':{'type':'integer'}},"
                    + "'required':['answer']}"),
    /** Never answers. */
    MUTE(4, "'timeout_ms':1500,'retry':{'max_attempts':2,'initial_ms':100}"),
    /** Never succeeds: the two after it are its fallbacks, the first of which rejects what it is asked. */
    BROKEN(6, "'retry':{'max_attempts':2,'initial_ms':100},'fallback':{'agents':['{prefix}stern','{prefix}backup']}"),
    STERN(0, ""),
    BACKUP(0, ""),
    /** Its answers are kept; in the middle of the episode it has a new version, and later they are invalidated. */
    KEPT(12, "'cache':{'ttl_seconds':3600}"),
    /** May be asked ten times a second, and four times at once. */
    LIMITED(6, "'rate':{'concurrent':4,'requests_per_minute':600}"),
    /** Costs its tenant money: never more than is estimated. */
    PRICED(7, "'model':'chaos','estimate':{'input_tokens':100,'output_tokens':100}"),
    /** May not be asked: its calls have no valid proof of an approval. */
    GUARDED(2, "'risk':'APPROVAL_REQUIRED'"),
    /** Is not registered. */
    NOBODY(2, null);

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int MOST_ATTEMPTS = 5;
    private static final int ESTIMATE = 100;
    private static final int LEAST_TOKENS = 40;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private final int percent;
    private final String settings;

    /** @param settings of its definition, in single quotes; null for none */
    AgentKind(int percent, String settings) {
        this.percent = percent;
        this.settings = settings;
    }

    /** One of them by a number from 0 to 99. */
    static AgentKind at(int percentile) {
        int left = percentile;
        for (AgentKind kind : values()) {
            left -= kind.percent;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no percentile: " + percentile);
    }

    boolean isRegistered() {
        return settings != null;
    }

    String settings() {
        return settings;
    }

    /** Whether there is another version of it in the middle of the episode. */
    boolean changes() {
        return this == PROMPT || this == KEPT || this == LIMITED;
    }

    /** Who may be asked instead of it. */
    List<AgentKind> fallbacks() {
        return this == BROKEN ? List.of(STERN, BACKUP) : List.of();
    }

    int mostAttempts() {
        return this == FLAKY ? MOST_ATTEMPTS : DEFAULT_ATTEMPTS;
    }

    /**
     * What it does.
     *
     * @param key under which it is asked
     * @param before how often it was asked under that key before
     * @param number the input
     */
    Reply reply(String key, int attempt, int before, int number) {
        int dice = Math.floorMod(key.hashCode() >> 4, 100);
        Reply right = Reply.ok("{\"answer\":" + answer(number) + "}");
        return switch (this) {
            case PROMPT, BACKUP, KEPT, GUARDED, NOBODY -> right;
            case SLOW -> right.after(dice * 30);
            case LIMITED -> right.after(dice * 3);
            case FLAKY -> before >= (dice < 8 ? 2 : dice < 30 ? 1 : 0) ? right : failure(dice);
            case MUDDLED -> before > 0 ? right : Reply.ok(dice < 15 ? "perhaps" : "{\"answer\":\"perhaps\"}");
            case MUTE -> Reply.none();
            case BROKEN -> Reply.failed(UNAVAILABLE);
            case STERN -> Reply.failed(BAD_REQUEST);
            case PRICED -> dice < 15 && before == 0 ? Reply.failed(UNAVAILABLE) : right.using(tokens(key, attempt) / 2);
        };
    }

    private static Reply failure(int dice) {
        return dice % 2 == 0 ? Reply.failed(UNAVAILABLE) : Reply.busy(1);
    }

    /** What the right answer to an input is. */
    static int answer(int number) {
        return number + 1;
    }

    /** What an attempt uses, input and output together: the same when it is made again. */
    static long tokens(String key, int attempt) {
        return 2L * (LEAST_TOKENS + Math.floorMod(key.hashCode() * 31 + attempt, ESTIMATE - LEAST_TOKENS + 1));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
