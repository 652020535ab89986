package io.millrace.gateway.access;

import java.net.URI;
import java.util.Set;

/**
 * Whose tokens are believed, and where in them it stands who somebody is.
 *
 * @param issuer the value of {@code iss}
 * @param audience a value of {@code aud}
 * @param keys where the issuer's public keys are, https, http of this machine, or a file
 * @param algorithms of signatures with two keys that are taken
 * @param tenantClaim names the claim with the tenant; so do {@code userClaim} and {@code rolesClaim}, dots lead inside
 */
public record OidcSettings(
        String issuer,
        String audience,
        URI keys,
        Set<String> algorithms,
        String tenantClaim,
        String userClaim,
        String rolesClaim) {}
