"""The dashboards, a module each: tables of the questions they answer."""

from . import agents, analytics, audit, checkpoints, cost, digest, kafka, slo, system, tasks

DASHBOARDS = (
    system.DASHBOARD,
    tasks.DASHBOARD,
    agents.DASHBOARD,
    digest.DASHBOARD,
    audit.DASHBOARD,
    analytics.DASHBOARD,
    slo.DASHBOARD,
    kafka.DASHBOARD,
    cost.DASHBOARD,
    checkpoints.DASHBOARD,
)
