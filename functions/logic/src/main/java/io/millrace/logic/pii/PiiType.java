package io.millrace.logic.pii;

/** Kinds of personal data. The name is part of what a token is made from: a kind is never renamed. */
public enum PiiType {
    EMAIL,
    PHONE,
    /** Payment cards. */
    CARD,
    IBAN,
    /** IPv4 and IPv6. */
    IP,
    MAC,
    /** A URL that carries credentials, as a whole. */
    URL,
    /** A postal address, as a whole. */
    ADDRESS,
    PERSON,
    /** Orders, invoices, bookings. */
    ORDER_ID,
    /** What a state numbers its people by: NIR, DNI, NIE, SSN, NINO, NHS, passports and the like. */
    NATIONAL_ID,
    /** Passwords, API keys, bearer tokens, private keys. */
    SECRET
}
