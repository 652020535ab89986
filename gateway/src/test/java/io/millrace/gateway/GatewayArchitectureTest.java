package io.millrace.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace.gateway", importOptions = DoNotIncludeTests.class)
class GatewayArchitectureTest {

    @ArchTest
    static final ArchRule isNoJob = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "io.millrace.jobs..", "io.millrace.operators..", "kafka..");

    @ArchTest
    static final ArchRule onlyTheModelKnowsTheDatabase = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.model..", "..gateway.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyTheLogKnowsKafka = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.clients.consumer..", "org.apache.kafka.clients.admin..");

    @ArchTest
    static final ArchRule onlyTheEndOfTheNetworkKnowsJetty = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule theModelKnowsNobodyWhoAsks = noClasses()
            .that()
            .resideInAPackage("..gateway.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..gateway.http..", "..gateway.api..", "..gateway.access..", "..gateway.log..");
}
