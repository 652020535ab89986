package io.millrace.local.platform;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session cluster of one TaskManager in this process, with the dashboard and the REST API of any other. */
final class FlinkCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlinkCluster.class);
    private static final int STOP_SECONDS = 8;
    private static final int LEADER_SECONDS = 30;
    private static final int LOOK_AGAIN_MILLIS = 20;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final MiniCluster cluster;
    private final URI address;

    private FlinkCluster(MiniCluster cluster, URI address) {
        this.cluster = cluster;
        this.address = address;
    }

    static FlinkCluster start(Configuration settings, int slots) {
        FileSystem.initialize(settings, null);
        MiniCluster cluster = new SessionCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
            URI rest = cluster.getRestAddress().get(30, TimeUnit.SECONDS);
            URI address = URI.create("http://localhost:" + rest.getPort());
            awaitLeader(new FlinkRest(address));
            return new FlinkCluster(cluster, address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while the Flink cluster started", e);
        } catch (Exception e) {
            cluster.closeAsync();
            throw new PlatformException("the Flink cluster does not start: " + e.getMessage(), e);
        }
    }

    /** The REST API answers a little before there is somebody who knows of jobs. */
    private static void awaitLeader(FlinkRest flink) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_SECONDS);
        while (true) {
            try {
                flink.jobs();
                return;
            } catch (FlinkRestException e) {
                if (e.status() != SERVICE_UNAVAILABLE || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    URI address() {
        return address;
    }

    /** Stops the cluster; running jobs are suspended and keep their checkpoints. Bounded in time. */
    @Override
    public void close() {
        try {
            cluster.closeAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("The Flink cluster did not stop within {} s", STOP_SECONDS);
        } catch (Exception e) {
            LOG.warn("The Flink cluster did not stop cleanly", e);
        }
    }

    private static final class SessionCluster extends MiniCluster {

        SessionCluster(MiniClusterConfiguration configuration) {
            super(configuration);
        }

        @Override
        protected HighAvailabilityServices createHighAvailabilityServices(Configuration settings, Executor executor) {
            return new ReusableJobIds(executor);
        }
    }
}
