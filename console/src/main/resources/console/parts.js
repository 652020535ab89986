// What pages are put together of. All that comes from the gateway is put in as text.
import { html, useEffect, useRef, useState } from "./preact.js";
import { t, word } from "./i18n.js";
import { exact, relative } from "./times.js";
import { notify } from "./toasts.js";

const TONES = {
  open: "blue", completed: "green", skipped: "grey",
  running: "blue", started: "blue", waiting: "amber", suspended: "grey", failed: "red", cancelled: "grey", refused: "red",
  answering: "blue", escalated: "red", assigned: "amber", closed: "grey", erased: "grey",
  ok: "green", late: "amber", warning: "amber", rewound: "amber", stopped: "red", stalled: "red",
  P1: "red", P2: "amber", P3: "blue", P4: "grey",
  AUTO: "green", APPROVAL_REQUIRED: "amber",
};

/** @param kind of word that it is, for its translation */
export function Badge({ kind, value, tone }) {
  return html`<span class=${"badge " + (tone || TONES[value] || "grey")}>${word(kind, value)}</span>`;
}

/** A moment that goes on being right. */
export function Time({ at }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(n => n + 1), 30000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return null;
  return html`<time datetime=${new Date(at).toISOString()} title=${exact(at)}>${relative(at)}</time>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children && html`<p>${children}</p>`}</div>`;
}

export function Trouble({ problem, retry }) {
  if (!problem) return null;
  return html`<div class="trouble" role="alert">
    <p>${problem.message}</p>${retry && html`<button type="button" onClick=${retry}>${t("again")}</button>`}
  </div>`;
}

/**
 * A list with all that can come of asking for it.
 *
 * @param draw draws all items at once; without it children draw one each
 */
export function Listing({ list, label, empty, draw, children }) {
  if (list.items === null) {
    return list.problem ? html`<${Trouble} problem=${list.problem} retry=${list.reload} />`
      : html`<p class="loading" role="status">${t("loading")}</p>`;
  }
  return html`<${Trouble} problem=${list.problem} retry=${list.reload} />
    ${list.items.length === 0 ? empty : draw ? draw(list.items) : html`<ul class="cards" aria-label=${label}>${list.items.map(children)}</ul>`}
    ${list.more && html`<p class="more"><button type="button" onClick=${list.more}>${t("more")}</button></p>`}`;
}

/**
 * One thing with all that can come of asking for it.
 *
 * @param of what useOne gives
 * @param title while it is in trouble
 */
export function Single({ of, title, children }) {
  if (of.problem) return html`<${Head} title=${title} /><${Trouble} problem=${of.problem} retry=${of.reload} />`;
  return of.item ? children(of.item) : html`<p class="loading" role="status">${t("loading")}</p>`;
}

export function Field({ label, hint, problem, children }) {
  return html`<label class="field"><span class="label">${label}</span>${children}
    ${hint && html`<span class="hint">${hint}</span>`}
    ${problem && html`<span class="wrong" role="alert">${problem}</span>`}</label>`;
}

export function Select({ label, value, options, onChange, all }) {
  return html`<label class="choice"><span class="label">${label}</span>
    <select value=${value || ""} onChange=${event => onChange(event.target.value)}>
      ${all && html`<option value="">${all}</option>`}
      ${options.map(([name, text]) => html`<option value=${name} selected=${name === value}>${text}</option>`)}
    </select></label>`;
}

/** A dialog that is open for as long as it is there. Escape closes it, and where one was has the focus again. */
function Dialog({ title, close, children, wide }) {
  const box = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog.showModal();
    return () => {
      // What is outside of an open one can't have the focus.
      dialog.close();
      if (before && before.isConnected) before.focus();
    };
  }, []);
  return html`<dialog ref=${box} class=${wide ? "wide" : ""} aria-label=${title} onCancel=${event => { event.preventDefault(); close(); }}>
    <header><h2>${title}</h2><button type="button" class="quiet icon" aria-label=${t("close")} onClick=${close}>✕</button></header>
    ${children}
  </dialog>`;
}

/** Runs something that may go wrong, once at a time, and says what came of it. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const run = async (action, done) => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      const answer = await action();
      if (done) notify(typeof done === "function" ? done(answer) : done);
      return true;
    } catch (caught) {
      setProblem(caught);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

/** A dialog with a form: fields, what is wrong, and the two ways out of it. */
export function Ask({ title, verb, tone, action, done, close, children, wide }) {
  const act = useAction();
  const submit = async event => {
    event.preventDefault();
    if (await act.run(action, done)) close();
  };
  return html`<${Dialog} title=${title} close=${close} wide=${wide}>
    <form onSubmit=${submit}>
      <div class="body">${children}<${Trouble} problem=${act.problem} /></div>
      <footer><button type="button" class="quiet" onClick=${close}>${t("cancel")}</button>
        <button class=${tone || "primary"} disabled=${act.busy}>${verb}</button></footer>
    </form>
  </${Dialog}>`;
}

export function Facts({ facts }) {
  return html`<dl class="facts">${facts.filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A value as JSON, folded away. */
export function Json({ title, value, open }) {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return html`<details class="json" open=${open}><summary>${title}</summary><pre tabindex="0">${text}</pre></details>`;
}

export function Head({ title, children }) {
  return html`<header class="head"><h1 tabindex="-1">${title}</h1><div class="actions">${children}</div></header>`;
}

/** The words of a text that has commas between them. */
export function words(text) {
  return text.split(",").map(one => one.trim()).filter(Boolean);
}

/** JSON from a field; undefined when it is empty. @throws Error in words */
export function json(text) {
  if (!text.trim()) return undefined;
  try { return JSON.parse(text); } catch (e) { throw new Error(t("problem.json", { why: e.message })); }
}
