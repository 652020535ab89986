"""Dashboards as Grafana's JSON."""

from dataclasses import dataclass, field

from .metrics import expand

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
COLUMNS = 24
SIZES = {"stat": (6, 5), "timeseries": (12, 8)}
# Of Grafana's own identifiers, with "short" for plain numbers and the prefixed ones for what is said after the number.
UNITS = {
    "short",
    "none",
    "s",
    "ms",
    "percentunit",
    "bytes",
    "Bps",
    "currencyUSD",
    "dtdurations",
    "reqps",
    "cps",
    "bool",
    "dateTimeAsIso",
}


@dataclass(frozen=True)
class Panel:
    """
    One question. ``queries`` maps PromQL, in the shorthand of ``metrics.expand``, to what its series are called. From
    each of ``thresholds`` on, a (value, colour) pair, the colour holds. ``empty`` says why a healthy system shows
    nothing; without it the panel has data. ``signed``: values may be below 0.
    """

    title: str
    unit: str
    description: str
    queries: dict
    kind: str = "timeseries"
    thresholds: tuple = ()
    empty: str = ""
    signed: bool = False

    def expressions(self):
        return [expand(query) for query in self.queries]


@dataclass(frozen=True)
class Dashboard:
    """``variables`` maps the name of a filter to the query of its values."""

    uid: str
    title: str
    description: str
    panels: tuple
    variables: dict = field(default_factory=dict)


def render(dashboard):
    """The dashboard as what Grafana reads, but for the text form of JSON."""
    return {
        "uid": dashboard.uid,
        "title": dashboard.title,
        "description": dashboard.description,
        "tags": ["millrace"],
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-1h", "to": "now"},
        "timezone": "browser",
        "graphTooltip": 1,
        "links": [
            {
                "type": "dashboards",
                "tags": ["millrace"],
                "asDropdown": True,
                "title": "Millrace",
                "icon": "external link",
                "tooltip": "",
                "targetBlank": False,
                "includeVars": False,
                "keepTime": True,
            }
        ],
        "templating": {"list": [_datasource()] + [_filter(*one) for one in dashboard.variables.items()]},
        "annotations": {"list": [_restarts()]},
        "panels": list(_placed(dashboard.panels)),
    }


def _datasource():
    return {"type": "datasource", "name": "datasource", "label": "Prometheus", "query": "prometheus", "refresh": 1}


def _filter(name, query):
    return {
        "type": "query",
        "name": name,
        "label": name,
        "datasource": DATASOURCE,
        "query": expand(query),
        "refresh": 2,
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"text": "All", "value": "$__all"},
        "sort": 1,
    }


def _restarts():
    return {
        "name": "Restarts",
        "datasource": DATASOURCE,
        "enable": True,
        "iconColor": "red",
        "target": {
            "refId": "Restarts",
            "expr": expand("sum by (job_name) (increase(job:numRestarts[1m])) > 0"),
        },
        "titleFormat": "restart of {{job_name}}",
    }


def _placed(panels):
    x = y = row = 0
    for number, panel in enumerate(panels, start=1):
        width, height = SIZES[panel.kind]
        if x + width > COLUMNS:
            x, y, row = 0, y + row, 0
        yield _panel(number, panel, {"x": x, "y": y, "w": width, "h": height})
        x, row = x + width, max(row, height)


def _panel(number, panel, position):
    description = panel.description + (" Empty when healthy: " + panel.empty if panel.empty else "")
    steps = [{"color": "green", "value": None}]
    steps += [{"color": colour, "value": value} for value, colour in panel.thresholds]
    defaults = {"unit": panel.unit, "thresholds": {"mode": "absolute", "steps": steps}}
    if not panel.signed:
        defaults["min"] = 0
    if panel.empty:
        defaults["noValue"] = "none"
    if panel.kind == "timeseries":
        defaults["custom"] = {
            "lineWidth": 1,
            "fillOpacity": 10,
            "showPoints": "never",
            "spanNulls": 60_000,
            "thresholdsStyle": {"mode": "line" if panel.thresholds else "off"},
        }
        options = {
            "legend": {"displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"]},
            "tooltip": {"mode": "multi", "sort": "desc"},
        }
    else:
        options = {
            "reduceOptions": {"calcs": ["lastNotNull"]},
            "colorMode": "value",
            "graphMode": "area",
            "textMode": "auto",
            "orientation": "auto",
        }
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": description,
        "datasource": DATASOURCE,
        "gridPos": position,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": options,
        "targets": [
            {
                "refId": chr(ord("A") + index),
                "datasource": DATASOURCE,
                "expr": expand(query),
                "legendFormat": legend,
                "range": True,
            }
            for index, (query, legend) in enumerate(panel.queries.items())
        ],
    }
