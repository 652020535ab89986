// Dead letters: how many and why, one with what it is of, and putting them back.
import { html, useEffect, useState } from "./preact.js";
import { get, id, post } from "./api.js";
import { t } from "./i18n.js";
import { filter, link } from "./router.js";
import { useList, useOne } from "./load.js";
import { Ask, Empty, Facts, Head, Json, Listing, Single, Time, Trouble, useAction } from "./parts.js";

/** What came of putting some back, in a sentence. */
function outcome(answer) {
  const failed = answer.items.filter(one => one.problem);
  const done = answer.items.length - failed.length;
  const text = t("letters.back", { n: done });
  return failed.length ? { tone: "red", text: text + " " + t("letters.kept", { n: failed.length, why: failed[0].problem }) } : text;
}

/** JSON with its lines, where it is JSON. */
function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch (e) { return text; }
}

function Shown({ item, of }) {
  const act = useAction();
  const text = item.value === null || item.value === undefined ? item.value_base64 : pretty(item.value);
  return html`<p class="back"><a href=${link("letters")}>← ${t("page.letters")}</a></p>
    <${Head} title=${item.error_code.replace(/_/g, " ")}><button type="button" class="primary" disabled=${act.busy}
      onClick=${() => act.run(() => post("v1/dead-letters/" + id(of) + "/replay"), outcome)}>${t("letters.replay")}</button></${Head}>
    <${Trouble} problem=${act.problem} />
    <p class="lead">${item.error_message}</p>
    <div class="panel"><${Facts} facts=${[
      [t("letters.source"), item.source_topic && item.source_topic + ":" + item.source_partition + ":" + item.source_offset],
      [t("letters.topic"), item.id],
      [t("letters.at"), html`<${Time} at=${item.logged_at} />`],
      [t("letters.seen"), item.first_seen && html`<${Time} at=${item.first_seen} />`],
      [t("letters.key"), item.key === null ? "" : item.key || item.key_base64],
      [t("letters.bytes"), item.bytes],
    ]} />
      <${Json} title=${item.value === undefined && item.value_base64 ? t("letters.base64") : t("letters.value")} value=${text} open />
      ${!item.value_complete && html`<p class="hint">${t("letters.part")}</p>`}</div>`;
}

function One({ of }) {
  const one = useOne("v1/dead-letters", of, "");
  return html`<${Single} of=${one} title=${of}>${item => html`<${Shown} item=${item} of=${of} />`}</${Single}>`;
}

function Counts({ counts, place, ask }) {
  return html`<div class="table"><table><caption class="unseen">${t("letters.counts")}</caption>
    <thead><tr><th scope="col">${t("letters.topic")}</th><th scope="col">${t("letters.code")}</th><th scope="col" class="number">${t("letters.number")}</th><th scope="col"><span class="unseen">${t("letters.replay")}</span></th></tr></thead>
    <tbody>${counts.map(one => html`<tr key=${one.topic + one.code} class=${place.query.topic === one.topic && place.query.code === one.code ? "chosen" : ""}>
      <td>${one.topic}</td><td><a href=${link("letters", "", { topic: one.topic, code: one.code })}>${one.code}</a></td><td class="number">${one.letters}</td>
      <td><button type="button" class="quiet" onClick=${() => ask(one)} aria-label=${t("letters.replay.of", { topic: one.topic, code: one.code })}>${t("letters.replay")}</button></td></tr>`)}</tbody></table></div>`;
}

export function Letters({ place }) {
  const { topic, code } = place.query;
  const [counts, setCounts] = useState([]);
  const [asked, setAsked] = useState(null);
  const list = useList("v1/dead-letters", { topic, code }, "");
  const count = () => get("v1/dead-letters/counts").then(answer => setCounts(answer.items)).catch(() => setCounts([]));
  useEffect(() => { count(); }, [topic, code, place.id]);
  if (place.id) return html`<${One} key=${place.id} of=${place.id} />`;
  return html`<${Head} title=${t("page.letters")}><button type="button" onClick=${() => { list.reload(); count(); }}>${t("reload")}</button></${Head}>
    ${counts.length > 0 && html`<${Counts} counts=${counts} place=${place} ask=${setAsked} />`}
    ${topic && html`<p class="filtered">${topic} · ${code} <button type="button" class="quiet" onClick=${() => filter(place, { topic: "", code: "" })}>${t("filter.clear")}</button></p>`}
    <${Listing} list=${list} label=${t("page.letters")} empty=${html`<${Empty} title=${t("letters.empty")}>${t("letters.empty.do")}</${Empty}>`}>
      ${letter => html`<li class="card link" key=${letter.id}><div class="main"><p class="title"><a href=${link("letters", letter.id)}>${letter.error_message || letter.error_code}</a></p>
        <p class="meta"><span class="tag">${letter.error_code}</span><span>${letter.source_topic}</span><${Time} at=${letter.logged_at} /></p></div></li>`}</${Listing}>
    ${asked && html`<${Ask} title=${t("letters.replay.sure")} verb=${t("letters.replay")} close=${() => setAsked(null)}
      action=${() => post("v1/dead-letters/replay", { topic: asked.topic, code: asked.code })} done=${outcome}>
      <p>${t("letters.replay.many", { n: Math.min(200, asked.letters), topic: asked.topic, code: asked.code })}</p></${Ask}>`}`;
}
