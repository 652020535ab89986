// Runs of workflows: all that there are, and a new one.
import { html, useState } from "./preact.js";
import { post } from "./api.js";
import { t, word } from "./i18n.js";
import { filter, go, link } from "./router.js";
import { useList } from "./load.js";
import { Ask, Badge, Empty, Field, Head, Listing, Select, Time, json } from "./parts.js";
import { Run } from "./run.js";

const STATES = ["running", "waiting", "suspended", "completed", "failed", "cancelled", "refused"];

function waits(run) {
  return (run.waiting_for || []).map(one => word("wait", one.kind) + (one.name ? ": " + one.name : ""));
}

function Card({ run }) {
  return html`<li class="card link" key=${run.run_id}><div class="main">
    <p class="title"><a href=${link("runs", run.run_id)}>${run.run_id}</a> <${Badge} kind="run" value=${run.state} /></p>
    <p class="meta"><span class="tag">${run.workflow}</span><span>${t("run.started")} <${Time} at=${run.started_at} /></span>
      ${run.ended_at && html`<span>${t("run.ended")} <${Time} at=${run.ended_at} /></span>`}
      ${waits(run).slice(0, 2).map(text => html`<span class="waits">${text}</span>`)}
      ${Object.entries(run.attributes || {}).map(([name, value]) => html`<span>${name}: ${value}</span>`)}</p>
    ${run.error && html`<p class="text wrong">${run.error.detail || run.error.title || run.error.type}</p>`}</div></li>`;
}

function Start({ close }) {
  const [values, setValues] = useState({ workflow: "", version: "", input: "" });
  const text = name => ({ name, value: values[name], onInput: event => setValues({ ...values, [name]: event.target.value }) });
  const start = async () => {
    const body = { workflow: values.workflow.trim(), version: values.version.trim() || undefined, input: json(values.input) };
    const answer = await post("v1/runs", body);
    go("runs", answer.run_id);
  };
  return html`<${Ask} title=${t("run.start.title")} verb=${t("run.start")} action=${start} done=${t("run.sent")} close=${close}>
    <div class="row"><${Field} label=${t("run.workflow")}><input ...${text("workflow")} required maxlength="100" spellcheck=${false} autofocus /></${Field}>
      <${Field} label=${t("run.version")} hint=${t("run.version.hint")}><input ...${text("version")} maxlength="50" /></${Field}></div>
    <${Field} label=${t("run.input")} hint=${t("run.input.hint")}><textarea ...${text("input")} rows="5" spellcheck=${false}></textarea></${Field}></${Ask}>`;
}

export function Runs({ place }) {
  const query = place.query;
  const [starting, setStarting] = useState(false);
  const list = useList("v1/runs", { state: query.state, workflow: query.workflow, attribute: query.attribute }, "runs");
  if (place.id) return html`<${Run} key=${place.id} of=${place.id} />`;
  const typed = name => ({ value: query[name] || "", onChange: event => filter(place, { [name]: event.target.value.trim() }) });
  return html`<${Head} title=${t("page.runs")}><button type="button" class="primary" onClick=${() => setStarting(true)}>${t("run.start")}</button></${Head}>
    <div class="filters"><${Select} label=${t("filter.state")} value=${query.state} all=${t("all")} onChange=${state => filter(place, { state })}
        options=${STATES.map(name => [name, t("run." + name)])} />
      <label class="choice"><span class="label">${t("run.workflow")}</span><input type="search" maxlength="100" spellcheck=${false} ...${typed("workflow")} /></label>
      <label class="choice"><span class="label">${t("run.attribute")}</span><input type="search" maxlength="300" spellcheck=${false} placeholder="customer=acme" pattern="[^=]+=.*" ...${typed("attribute")} /></label></div>
    <${Listing} list=${list} label=${t("page.runs")} empty=${html`<${Empty} title=${t("runs.empty")}>${t("runs.empty.do")}</${Empty}>`}>
      ${run => html`<${Card} key=${run.run_id} run=${run} />`}</${Listing}>
    ${starting && html`<${Start} close=${() => setStarting(false)} />`}`;
}
