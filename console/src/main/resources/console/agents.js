// Agents that can be called, as whoever uses them is told of them.
import { html } from "./preact.js";
import { t, word } from "./i18n.js";
import { link } from "./router.js";
import { useList, useOne } from "./load.js";
import { duration } from "./times.js";
import { Badge, Empty, Facts, Head, Json, Listing, Single, Time } from "./parts.js";

function Shown({ item }) {
  return html`<p class="back"><a href=${link("agents")}>← ${t("page.agents")}</a></p>
    <${Head} title=${item.agent}><${Badge} kind="risk" value=${item.risk} /></${Head}>
    <div class="panel"><${Facts} facts=${[
      [t("agent.version"), item.version],
      [t("agent.type"), word("agent.type", item.type)],
      [t("agent.capabilities"), (item.capabilities || []).join(", ")],
      [t("agent.model"), item.model],
      [t("agent.transport"), item.transport],
      [t("agent.timeout"), item.timeout_ms && duration(item.timeout_ms)],
      [t("agent.attempts"), item.max_attempts],
      [t("agent.cache"), item.cache_ttl_seconds ? duration(item.cache_ttl_seconds * 1000) : ""],
      [t("agent.fallbacks"), (item.fallbacks || []).join(" → ")],
      [t("agent.then"), word("then", item.then)],
      [t("agent.critical"), item.critical ? t("yes") : ""],
      [t("agent.registered"), html`<${Time} at=${item.registered_at} />`],
    ]} />
      <${Json} title=${t("agent.input")} value=${item.input_schema} /><${Json} title=${t("agent.output")} value=${item.output_schema} /></div>`;
}

function One({ of }) {
  const one = useOne("v1/agents", of, "");
  return html`<${Single} of=${one} title=${of}>${item => html`<${Shown} item=${item} />`}</${Single}>`;
}

export function Agents({ place }) {
  const list = useList("v1/agents", {}, "");
  if (place.id) return html`<${One} key=${place.id} of=${place.id} />`;
  return html`<${Head} title=${t("page.agents")}><button type="button" onClick=${list.reload}>${t("reload")}</button></${Head}>
    <${Listing} list=${list} label=${t("page.agents")} empty=${html`<${Empty} title=${t("agents.empty")}>${t("agents.empty.do")}</${Empty}>`}>
      ${agent => html`<li class="card link" key=${agent.agent}><div class="main">
        <p class="title"><a href=${link("agents", agent.agent)}>${agent.agent}</a> <${Badge} kind="risk" value=${agent.risk} /></p>
        <p class="meta"><span>${t("agent.version")} ${agent.version}</span><span>${word("agent.type", agent.type)}</span>
          ${(agent.capabilities || []).map(one => html`<span class="tag">${one}</span>`)}
          <span>${t("agent.registered")} <${Time} at=${agent.registered_at} /></span></p></div></li>`}</${Listing}>`;
}
