package io.millrace.local.platform;

import java.util.concurrent.Executor;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.highavailability.JobResultStore;
import org.apache.flink.runtime.highavailability.nonha.embedded.EmbeddedHaServices;
import org.apache.flink.runtime.highavailability.nonha.embedded.EmbeddedJobResultStore;

/**
 * Services of a cluster that forgets a job's result once it has cleaned up after it. By default a cluster remembers the
 * ids of ended jobs and refuses them from then on, which would make it impossible to redeploy a job under its own id.
 */
final class ReusableJobIds extends EmbeddedHaServices {

    private final JobResultStore results = new ForgettingResults();

    ReusableJobIds(Executor executor) {
        super(executor);
    }

    @Override
    public JobResultStore getJobResultStore() {
        return results;
    }

    private static final class ForgettingResults extends EmbeddedJobResultStore {

        @Override
        public boolean hasCleanJobResultEntryInternal(JobID jobId) {
            return false;
        }
    }
}
