package io.millrace.azure;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.extensions.CustomTokenProviderAdaptee;

/**
 * Tokens for Azure storage by {@linkplain WorkloadIdentity workload identity}. Hadoop asks again some minutes before what it
 * was given ends.
 */
public final class WorkloadIdentityTokens implements CustomTokenProviderAdaptee {
    private static final String SCOPE = "https://storage.azure.com/.default";

    private final WorkloadIdentity identity;
    private Instant expiry = Instant.EPOCH;

    /** For Hadoop, by its name. */
    public WorkloadIdentityTokens() {
        this(System.getenv(), Clock.systemUTC());
    }

    WorkloadIdentityTokens(Map<String, String> environment, Clock clock) {
        identity = new WorkloadIdentity(environment, clock);
    }

    /** @throws IOException when the pod has no workload identity */
    @Override
    public void initialize(Configuration configuration, String account) throws IOException {
        identity.require();
    }

    /** A new one each time: Hadoop keeps it until shortly before it ends. */
    @Override
    public synchronized String getAccessToken() throws IOException {
        WorkloadIdentity.Token token = identity.token(SCOPE, "Azure storage");
        expiry = token.expiry();
        return token.value();
    }

    @Override
    public synchronized Date getExpiryTime() {
        return Date.from(expiry);
    }
}
