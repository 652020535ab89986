// Conversations with customers: whose turn it is, and what people at a desk do in them.
import { html, useState } from "./preact.js";
import { by, id, post } from "./api.js";
import { person, has } from "./session.js";
import { t, word } from "./i18n.js";
import { filter, link } from "./router.js";
import { useList, useOne } from "./load.js";
import { duration } from "./times.js";
import { Ask, Badge, Empty, Facts, Field, Head, Listing, Select, Single, Time, Trouble, useAction } from "./parts.js";

const STATES = ["open", "answering", "escalated", "assigned", "closed", "erased"];

function Card({ one }) {
  return html`<li class="card link" key=${one.conversation_id}><div class="main">
    <p class="title"><a href=${link("conversations", one.conversation_id)}>${one.customer_id || one.conversation_id}</a> <${Badge} kind="conversation" value=${one.state} /></p>
    <p class="meta">${one.channel && html`<span class="tag">${one.channel}</span>`}${one.intent && html`<span class="tag">${word("intent", one.intent)}</span>`}
      ${one.waiting_since ? html`<span class="late">${t("conversation.waits")} <${Time} at=${one.waiting_since} /></span>` : html`<span>${t("conversation.began")} <${Time} at=${one.started_at} /></span>`}
      ${one.assigned_to && html`<span>${t("conversation.with", { who: one.assigned_to })}</span>`}
      ${one.reason && html`<span>${word("reason", one.reason)}</span>`}</p></div></li>`;
}

function Answer({ path }) {
  const act = useAction();
  const [text, setText] = useState("");
  const answer = async event => {
    event.preventDefault();
    if (await act.run(() => post(path + "/reply", { ...by(), text: text.trim() }), t("conversation.answered"))) setText("");
  };
  return html`<form class="panel" onSubmit=${answer}>
    <${Field} label=${t("conversation.answer")} hint=${t("conversation.unseen")}><textarea name="text" rows="4" required maxlength="32000" value=${text} onInput=${event => setText(event.target.value)}></textarea></${Field}>
    <${Trouble} problem=${act.problem} /><div class="buttons"><button class="primary" disabled=${act.busy}>${t("conversation.send")}</button></div></form>`;
}

function Close({ path, close }) {
  const [reason, setReason] = useState("solved");
  return html`<${Ask} title=${t("conversation.close.sure")} verb=${t("conversation.close")} close=${close}
    action=${() => post(path + "/close", reason.trim() ? { reason: reason.trim() } : {})} done=${t("conversation.was.closed")}>
    <${Field} label=${t("reason")} hint=${t("conversation.reason.hint")}><input name="reason" maxlength="100" value=${reason} onInput=${event => setReason(event.target.value)} /></${Field}></${Ask}>`;
}

function Shown({ item, of }) {
  const act = useAction();
  const [closing, setClosing] = useState(false);
  const path = "v1/conversations/" + id(of);
  const over = item.state === "closed" || item.state === "erased";
  const nobody = !person();
  const mine = item.state === "assigned" && item.assigned_to === person();
  return html`<p class="back"><a href=${link("conversations")}>← ${t("page.conversations")}</a></p>
    <${Head} title=${item.customer_id || of}><${Badge} kind="conversation" value=${item.state} /></${Head}>
    <div class="panel"><${Facts} facts=${[
      [t("conversation.id"), of],
      [t("conversation.channel"), item.channel],
      [t("language"), item.language],
      [t("conversation.intent"), item.intent && word("intent", item.intent)],
      [t("conversation.began"), html`<${Time} at=${item.started_at} />`],
      [t("conversation.waits"), item.waiting_since && html`<${Time} at=${item.waiting_since} />`],
      [t("conversation.desk"), item.assigned_to],
      [t("reason"), item.reason && word("reason", item.reason)],
      [t("conversation.messages"), item.messages],
      [t("conversation.answers"), item.answers],
      [t("conversation.first"), item.first_reply_ms === undefined ? "" : duration(item.first_reply_ms)],
      [t("conversation.confidence"), item.confidence],
      [t("conversation.rating"), item.rating],
      [t("cost"), item.cost_micros ? (item.cost_micros / 1e6).toFixed(4) : ""],
      [t("conversation.turn"), item.last_run && (has("operator") ? html`<a href=${link("runs", item.last_run)}>${item.last_run}</a>` : item.last_run)],
    ]} /></div>
    <${Trouble} problem=${act.problem} />
    ${nobody && !over && html`<p class="hint">${t("conversation.who")}</p>`}
    ${!nobody && !over && html`<div class="buttons">
      ${!mine && html`<button type="button" class="primary" disabled=${act.busy} onClick=${() => act.run(() => post(path + "/assign", { to: person() }), t("conversation.taken"))}>${t("conversation.take")}</button>`}
      ${item.state === "assigned" && html`<button type="button" disabled=${act.busy} onClick=${() => act.run(() => post(path + "/release"), t("conversation.released"))}>${t("conversation.release")}</button>`}
      <button type="button" disabled=${act.busy} onClick=${() => setClosing(true)}>${t("conversation.close")}</button></div>`}
    ${mine && html`<${Answer} path=${path} />`}
    ${closing && html`<${Close} path=${path} close=${() => setClosing(false)} />`}`;
}

function One({ of }) {
  const one = useOne("v1/conversations", of, "conversations");
  return html`<${Single} of=${one} title=${t("page.conversations")}>${item => html`<${Shown} item=${item} of=${of} />`}</${Single}>`;
}

export function Conversations({ place }) {
  const query = place.query;
  const list = useList("v1/conversations", { state: query.state, customer_id: query.customer, assigned_to: query.mine ? person() : "" }, "conversations");
  if (place.id) return html`<${One} key=${place.id} of=${place.id} />`;
  return html`<${Head} title=${t("page.conversations")} />
    <div class="filters"><${Select} label=${t("filter.state")} value=${query.state} all=${t("all")} onChange=${state => filter(place, { state })}
        options=${STATES.map(name => [name, t("conversation." + name)])} />
      ${person() && html`<${Select} label=${t("conversation.desk")} value=${query.mine} all=${t("all")} onChange=${mine => filter(place, { mine })}
        options=${[["1", person()]]} />`}</div>
    <${Listing} list=${list} label=${t("page.conversations")} empty=${html`<${Empty} title=${t("conversations.empty")}>${t("conversations.empty.do")}</${Empty}>`}>
      ${one => html`<${Card} key=${one.conversation_id} one=${one} />`}</${Listing}>`;
}
