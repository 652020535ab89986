package io.millrace.gateway.access;

/**
 * What a request says about who sends it.
 *
 * @param authorization the header; null for none
 * @param tenant the header {@code Millrace-Tenant}; null for none
 * @param address where the request comes from
 */
public record Credentials(String authorization, String tenant, String address) {
    private static final String BEARER = "Bearer ";

    /** The token that it carries; null for none. */
    String token() {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }
}
