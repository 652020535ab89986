package io.millrace.local.platform;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsTest {

    @Test
    void dashboardsAlertsAndRunbooksAreThoseOfTheTablesAndNameMetricsThatThereAre(@TempDir Path directory) {
        Dashboards.requireRight(directory, "check", "--static");
    }
}
