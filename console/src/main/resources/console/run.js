// One run: how it is, the picture of what it does, and what can be told to it.
import { html, useEffect, useState } from "./preact.js";
import { get, id, post } from "./api.js";
import { t, word } from "./i18n.js";
import { link } from "./router.js";
import { useOne } from "./load.js";
import { duration } from "./times.js";
import { Ask, Badge, Facts, Field, Head, Json, Single, Time, json } from "./parts.js";
import { Graph } from "./graph-view.js";

const VERBS = {
  running: ["suspend", "signal", "cancel"],
  waiting: ["suspend", "signal", "cancel"],
  suspended: ["resume", "cancel"],
  failed: ["retry"],
};

function Tell({ path, verb, close }) {
  const [values, setValues] = useState({ reason: "", name: "", data: "", input: "" });
  const text = name => ({ name, value: values[name], onInput: event => setValues({ ...values, [name]: event.target.value }) });
  const body = () => {
    if (verb === "signal") return { name: values.name.trim(), data: json(values.data) };
    const reason = values.reason.trim() ? { reason: values.reason.trim() } : {};
    return verb === "retry" ? { ...reason, input: json(values.input) } : reason;
  };
  return html`<${Ask} title=${t("run." + verb + ".title")} verb=${t("run." + verb)} tone=${verb === "cancel" ? "danger" : "primary"} close=${close}
    action=${async () => post(path + "/" + verb, body())} done=${t("run.sent")}>
    ${verb === "signal" ? html`<${Field} label=${t("run.signal.name")}><input ...${text("name")} required maxlength="100" autofocus /></${Field}>
        <${Field} label=${t("run.signal.data")} hint=${t("run.input.hint")}><textarea ...${text("data")} rows="4" spellcheck=${false}></textarea></${Field}>`
      : html`<${Field} label=${t("reason")}><input ...${text("reason")} maxlength="500" autofocus /></${Field}>`}
    ${verb === "retry" && html`<${Field} label=${t("run.retry.input")} hint=${t("run.input.hint")}><textarea ...${text("input")} rows="4" spellcheck=${false}></textarea></${Field}>`}
  </${Ask}>`;
}

function Waits({ waiting }) {
  return html`<section aria-labelledby="waits"><h2 id="waits">${t("run.waits")}</h2><ul class="cards">${waiting.map(one => html`
    <li class="card" key=${one.step + one.iteration + one.token}><div class="main"><p class="title">${one.name || word("wait", one.kind)}</p>
      <p class="meta"><${Badge} kind="wait" value=${one.kind} tone="amber" /><code>${one.step}</code><span>${t("run.since")} <${Time} at=${one.since} /></span>
        ${one.until && html`<span>${t("run.until")} <${Time} at=${one.until} /></span>`}</p></div>
      ${one.kind === "approval" && one.token && html`<div class="do"><a class="button" href=${link("approvals", one.token)}>${t("run.decide")}</a></div>`}</li>`)}</ul></section>`;
}

/** Steps and definition; null while they are not known, or are not to be had. */
function useHistory(run) {
  const [history, setHistory] = useState(null);
  useEffect(() => {
    let wanted = true;
    // Steps and runs come on topics of their own: these are waited for a moment, and else taken as they are.
    const path = "v1/runs/" + id(run.run_id) + "/steps";
    get(path, { newer_than: run.number - 1, wait_seconds: 2 }, 1).catch(() => get(path))
      .then(answer => wanted && setHistory(answer)).catch(() => wanted && setHistory(null));
    return () => { wanted = false; };
  }, [run.run_id, run.number]);
  return history;
}

function Steps({ steps }) {
  if (!steps.length) return null;
  return html`<section aria-labelledby="steps"><h2 id="steps">${t("run.steps")}</h2><div class="table"><table>
    <thead><tr><th scope="col">${t("run.step")}</th><th scope="col">${t("filter.state")}</th><th scope="col" class="number">${t("run.attempts")}</th><th scope="col">${t("run.started")}</th><th scope="col" class="number">${t("run.took")}</th></tr></thead>
    <tbody>${steps.map(step => html`<tr key=${step.step + "#" + step.iteration}><td><code>${step.step}</code>${step.iteration && html` <small>${step.iteration}</small>`}</td>
      <td><${Badge} kind="step" value=${step.state} /></td>
      <td class="number">${step.attempts || ""}</td><td><${Time} at=${step.started_at} /></td><td class="number">${step.duration_ms === undefined ? "" : duration(step.duration_ms)}</td></tr>`)}</tbody></table></div></section>`;
}

function Shown({ item, of }) {
  const [verb, setVerb] = useState("");
  const history = useHistory(item);
  const path = "v1/runs/" + id(of);
  return html`<p class="back"><a href=${link("runs")}>← ${t("page.runs")}</a></p>
    <${Head} title=${of}><${Badge} kind="run" value=${item.state} />
      ${(VERBS[item.state] || []).map(name => html`<button type="button" key=${name} class=${name === "cancel" ? "danger" : ""} onClick=${() => setVerb(name)}>${t("run." + name)}</button>`)}</${Head}>
    ${item.error && html`<div class="trouble"><p><b>${item.error.title || item.error.type}</b> ${item.error.detail} <code>${item.error.instance}</code></p></div>`}
    <div class="panel"><${Facts} facts=${[
      [t("run.workflow"), item.workflow + (item.version ? " " + item.version : "")],
      [t("run.started"), html`<${Time} at=${item.started_at} />`],
      [t("run.ended"), item.ended_at && html`<${Time} at=${item.ended_at} />`],
      [t("run.took"), item.ended_at && duration(new Date(item.ended_at) - new Date(item.started_at))],
      [t("run.done"), item.steps],
      [t("run.retries"), item.retries || ""],
      [t("cost"), item.cost_micros ? (item.cost_micros / 1e6).toFixed(4) : ""],
      [t("run.parent"), item.parent_run_id && html`<a href=${link("runs", item.parent_run_id)}>${item.parent_run_id}</a>`],
      ...Object.entries(item.attributes || {}),
    ]} /><${Json} title=${t("run.output")} value=${item.output} /></div>
    ${(item.waiting_for || []).length > 0 && html`<${Waits} waiting=${item.waiting_for} />`}
    ${history && history.definition && html`<${Graph} definition=${history.definition} steps=${history.items} waiting=${item.waiting_for || []} />`}
    ${history && html`<${Steps} steps=${history.items} />`}
    ${verb && html`<${Tell} path=${path} verb=${verb} close=${() => setVerb("")} />`}`;
}

export function Run({ of }) {
  const one = useOne("v1/runs", of, "runs");
  return html`<${Single} of=${one} title=${of}>${item => html`<${Shown} item=${item} of=${of} />`}</${Single}>`;
}
