"""The alerts, a module for each group of rules."""

from . import availability, cost, deployment, errors, lag, latency, rollouts, security

ALERTS = (
    availability.ALERTS
    + latency.ALERTS
    + errors.ALERTS
    + lag.ALERTS
    + deployment.ALERTS
    + cost.ALERTS
    + rollouts.ALERTS
    + security.ALERTS
)
