package io.millrace.agents.critic;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a text may be refused for. */
enum CriticClass {
    PROMPT_INJECTION,
    JAILBREAK,
    PII_EXTRACTION,
    ABUSE,
    INDIRECT_INJECTION,
    SYSTEM_PROMPT_LEAK,
    FOREIGN_TOKEN,
    PII,
    PROFANITY,
    FORBIDDEN_PROMISE,
    UNSUPPORTED,
    WRONG_LANGUAGE;

    static final Set<CriticClass> IN = EnumSet.of(PROMPT_INJECTION, JAILBREAK, PII_EXTRACTION, ABUSE);
    static final Set<CriticClass> OUT = EnumSet.range(SYSTEM_PROMPT_LEAK, WRONG_LANGUAGE);

    static CriticClass of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
