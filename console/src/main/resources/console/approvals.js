// What waits for somebody: the requests, and one with what it is about and the ways to answer.
import { html, useState } from "./preact.js";
import { by, id, post } from "./api.js";
import { session, person, has } from "./session.js";
import { t, word } from "./i18n.js";
import { filter, link } from "./router.js";
import { useList, useOne } from "./load.js";
import { Badge, Empty, Facts, Field, Head, Json, Listing, Select, Single, Time, Trouble, json, useAction } from "./parts.js";

/** Whether somebody is named, or anybody may. */
function asks(approval, user) {
  const approvers = (approval.request && approval.request.approvers) || [];
  return approvers.length === 0 || approvers.includes(user);
}

const titleOf = approval => approval.message || (approval.request && approval.request.message) || approval.request_id;

function Card({ approval }) {
  const request = approval.request || {};
  return html`<li key=${approval.request_id} class="card link"><div class="main">
      <p class="title"><a href=${link("approvals", approval.request_id)}>${titleOf(approval)}</a></p>
      <p class="meta">${request.workflow && html`<span class="tag">${request.workflow}</span>`}
        ${approval.since && html`<span>${t("approval.waits")} <${Time} at=${approval.since} /></span>`}
        ${request.expires_at && html`<span>${t("approval.expires")} <${Time} at=${request.expires_at} /></span>`}
        ${request.level > 0 && html`<${Badge} value="escalated" kind="approval" />`}
        ${request.approvers && request.approvers.length > 0 && html`<span>${t("approval.for", { who: request.approvers.join(", ") })}</span>`}</p>
    </div></li>`;
}

function Decide({ approval, decided }) {
  const act = useAction();
  const [comment, setComment] = useState("");
  const [data, setData] = useState("");
  const choices = (approval.request && approval.request.choices) || ["approve", "reject"];
  const decide = choice => act.run(() => {
    const body = { ...by(), ...(comment.trim() ? { comment: comment.trim() } : {}), data: json(data) };
    const reject = choice === "reject";
    return post("v1/approvals/" + id(approval.request_id) + (reject ? "/reject" : "/approve"), reject ? body : { ...body, choice });
  }, t("approval.sent")).then(sent => { if (sent) decided(); });
  if (!person()) return html`<p class="hint">${t("approval.who")}</p>`;
  return html`<form class="decide" onSubmit=${event => event.preventDefault()}>
    <${Field} label=${t("approval.comment")}><textarea name="comment" rows="2" maxlength="2000" value=${comment} onInput=${event => setComment(event.target.value)}></textarea></${Field}>
    <details><summary>${t("approval.data")}</summary><${Field} label=${t("approval.data.label")} hint=${t("approval.data.hint")}>
      <textarea name="data" rows="3" spellcheck=${false} value=${data} onInput=${event => setData(event.target.value)}></textarea></${Field}></details>
    <${Trouble} problem=${act.problem} />
    <div class="buttons">${choices.map((choice, place) => html`<button type="button" disabled=${act.busy} onClick=${() => decide(choice)}
      class=${place === 0 ? "primary" : choice === "reject" ? "danger" : ""}>${word("choice", choice)}</button>`)}</div>
    <p class="hint">${t("approval.as", { who: person() })}</p>
  </form>`;
}

function Shown({ item, sent, setSent }) {
  const request = item.request || {};
  return html`<p class="back"><a href=${link("approvals")}>← ${t("page.approvals")}</a></p><${Head} title=${titleOf(item)}>
      <${Badge} kind="approval" value=${item.open ? "open" : "closed"} tone=${item.open ? "amber" : "grey"} /></${Head}>
    <div class="panel"><${Facts} facts=${[
      [t("run.workflow"), request.workflow && request.workflow + " " + request.version],
      [t("run"), has("operator") ? html`<a href=${link("runs", item.run_id)}>${item.run_id}</a>` : item.run_id],
      [t("approval.agent"), request.agent],
      [t("approval.waits"), item.since && html`<${Time} at=${item.since} />`],
      [t("approval.expires"), request.expires_at && html`<${Time} at=${request.expires_at} />`],
      [t("approval.approvers"), (request.approvers || []).join(", ") || t("approval.anybody")],
      [t("approval.quorum"), request.quorum],
    ]} />
      <${Json} title=${t("approval.input")} value=${request.input} open /></div>
    ${item.open && (sent ? html`<p class="done" role="status">${t("approval.wait")}</p>` : html`<div class="panel"><${Decide} approval=${item} decided=${() => setSent(true)} /></div>`)}
    <section aria-labelledby="decisions"><h2 id="decisions">${t("decisions")}</h2>
      ${item.decisions.length ? html`<ul class="cards">${item.decisions.map(one => html`<li class="card" key=${one.event_id}><div class="main">
        <p class="title">${one.by}: ${one.choice}</p>${one.comment && html`<p class="text">${one.comment}</p>`}
        <p class="meta"><${Time} at=${one.occurred_at} /></p><${Json} title=${t("approval.data")} value=${one.data} /></div></li>`)}</ul>`
        : html`<p class="hint">${t("decisions.none")}</p>`}</section>`;
}

function One({ of }) {
  const [sent, setSent] = useState(false);
  const one = useOne("v1/approvals", of, "approvals");
  return html`<${Single} of=${one} title=${t("page.approvals")}>${item => html`<${Shown} item=${item} sent=${sent} setSent=${setSent} />`}</${Single}>`;
}

export function Approvals({ place }) {
  const list = useList("v1/approvals", {}, "approvals");
  if (place.id) return html`<${One} key=${place.id} of=${place.id} />`;
  const all = place.query.of === "all";
  const choosing = !session.me.user && person();
  const items = list.items && list.items.filter(one => all || !choosing || asks(one, person()));
  return html`<${Head} title=${t("page.approvals")} />
    ${choosing && html`<div class="filters"><${Select} label=${t("approval.whose")} value=${all ? "all" : "mine"} onChange=${value => filter(place, { of: value === "all" ? "all" : "" })}
      options=${[["mine", t("approval.mine", { who: person() })], ["all", t("approval.all")]]} /></div>`}
    <${Listing} list=${{ ...list, items }} label=${t("page.approvals")} empty=${html`<${Empty} title=${t("approvals.empty")}>${t("approvals.empty.do")}</${Empty}>`}>
      ${approval => html`<${Card} key=${approval.request_id} approval=${approval} />`}</${Listing}>`;
}

