// How consumer groups do in topics, and what is left of what they may miss.
import { html, useEffect } from "./preact.js";
import { t, word } from "./i18n.js";
import { filter } from "./router.js";
import { useList } from "./load.js";
import { duration } from "./times.js";
import { Badge, Empty, Head, Listing, Select, Time } from "./parts.js";

const VERDICTS = ["ok", "warning", "rewound", "stalled", "stopped", "blind"];
const EVERY_MILLIS = 10000;

/** What is left of a budget, as a bar; less than nothing is nothing. */
function Budget({ one }) {
  const left = Math.max(0, Math.min(1, one.budget_left === undefined ? 0 : one.budget_left));
  const percent = Math.round(left * 1000) / 10 + " %";
  return html`<div class="budget"><span>${one.objective} ${(one.alerts || []).map(alert => html`<${Badge} kind="alert" value=${alert} tone="red" />`)}</span>
    ${one.budget_left === undefined ? html`<span class="hint">${t("slo.unknown")}</span>`
      : html`<meter min="0" max="1" value=${left} aria-label=${t("slo.left") + " " + one.objective}></meter><span>${percent}</span>`}</div>`;
}

export function Objectives({ place }) {
  const verdict = place.query.verdict;
  const list = useList("v1/slo", { verdict }, "");
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) list.reload(); }, EVERY_MILLIS);
    return () => clearInterval(timer);
  }, [verdict]);
  return html`<${Head} title=${t("page.objectives")} />
    <div class="filters"><${Select} label=${t("slo.verdict")} value=${verdict} all=${t("all")} onChange=${value => filter(place, { verdict: value })}
      options=${VERDICTS.map(name => [name, t("verdict." + name)])} /></div>
    <${Listing} list=${list} label=${t("page.objectives")} empty=${html`<${Empty} title=${t("slo.empty")}>${t("slo.empty.do")}</${Empty}>`}>
      ${one => html`<li class="card" key=${one.group + "/" + one.topic}><div class="main">
        <p class="title">${one.group} <span class="of">${one.topic}</span> <${Badge} kind="verdict" value=${one.verdict} /></p>
        <p class="meta">${one.lag_ms !== undefined && html`<span>${t("slo.behind", { time: (one.at_least ? "≥ " : "") + duration(one.lag_ms) })}</span>`}
          ${one.lag_records !== undefined && html`<span>${t("slo.records", { n: one.lag_records })}</span>`}
          ${one.members && html`<span>${word("members", one.members)}</span>`}
          <span>${t("slo.since")} <${Time} at=${one.since} /></span>
          ${one.unread_deleted_at && html`<span class="late">${t("slo.deleted")} <${Time} at=${one.unread_deleted_at} /></span>`}</p>
        ${(one.objectives || []).map(objective => html`<${Budget} key=${objective.objective} one=${objective} />`)}</div></li>`}</${Listing}>`;
}
