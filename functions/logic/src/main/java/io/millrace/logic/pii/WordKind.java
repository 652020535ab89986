package io.millrace.logic.pii;

/** What a word tells about what stands beside it. The lists are resources, one for each language. */
enum WordKind {
    GIVEN,
    SURNAME,
    /** A name, and an ordinary word or a place as well. */
    ALSO_WORD,
    TITLE,
    GREETING,
    SIGNOFF,
    /** {@code name} in "my name is", {@code llamo} in "me llamo". */
    INTRODUCTION,
    /** What a name follows after a colon. */
    LABEL,
    /** Whose name it is: {@code my}, {@code full}. */
    OWN,
    /** What is done to people alone: "met", "parler avec", "a nombre de". */
    HUMAN,
    /** Small words within names. */
    PARTICLE,
    /** Small words within names of streets and cities, and between two names of people. */
    JOINT,
    /** Written with a capital letter, and no name. */
    STOP,
    /** Cities, states, countries. */
    PLACE,
    /** What stands before a name that is the name of a place: {@code Saint}, {@code Lake}. */
    SAINT,
    /** What stands after a name that is the name of a company, a school, a product. */
    ORGANISATION,
    STREET_EN,
    STREET_FR,
    STREET_ES,
    DIRECTION,
    /** Flats, floors, doors. */
    UNIT,
    PHONE,
    /** Cards and accounts. */
    PAYMENT,
    IDENTITY,
    VERSION,
    ORDER,
    /** {@code number}, {@code id}, {@code ref}: between what is numbered and its number. */
    NUMBER,
    PASSWORD,
    /** Forms of "to be". */
    COPULA,
    ENGLISH,
    FRENCH,
    SPANISH;

    int bit() {
        return 1 << ordinal();
    }

    boolean in(int kinds) {
        return (kinds & bit()) != 0;
    }
}
