"""The dashboards, a module each: tables of the questions they answer."""

from . import (
    agents,
    analytics,
    audit,
    checkpoints,
    conversations,
    cost,
    digest,
    kafka,
    notifications,
    rollout,
    slo,
    system,
    tasks,
    workflows,
)

DASHBOARDS = (
    system.DASHBOARD,
    tasks.DASHBOARD,
    agents.DASHBOARD,
    workflows.DASHBOARD,
    conversations.DASHBOARD,
    digest.DASHBOARD,
    notifications.DASHBOARD,
    rollout.DASHBOARD,
    audit.DASHBOARD,
    analytics.DASHBOARD,
    slo.DASHBOARD,
    kafka.DASHBOARD,
    cost.DASHBOARD,
    checkpoints.DASHBOARD,
)
