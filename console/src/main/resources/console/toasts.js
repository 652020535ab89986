// Short messages that come by themselves, and go.
import { html, useEffect, useState } from "./preact.js";
import { t } from "./i18n.js";

const SHOWN_MILLIS = 7000;
const MOST = 4;
let show = () => {};
let count = 0;

/** @param toast a text, or {text, title, tone} */
export function notify(toast) {
  show(typeof toast === "string" ? { text: toast } : toast);
}

export function Toasts() {
  const [toasts, setToasts] = useState([]);
  const remove = number => setToasts(old => old.filter(one => one.number !== number));
  useEffect(() => {
    show = toast => {
      const number = ++count;
      setToasts(old => [...old, { ...toast, number }].slice(-MOST));
      setTimeout(() => remove(number), toast.tone === "bell" ? SHOWN_MILLIS * 3 : SHOWN_MILLIS);
    };
    return () => { show = () => {}; };
  }, []);
  return html`<div class="toasts" role="status" aria-live="polite">${toasts.map(toast => html`
    <div class=${"toast " + (toast.tone || "")} key=${toast.number}>
      <div>${toast.title && html`<strong>${toast.title}</strong>`}<span>${toast.text}</span></div>
      <button type="button" class="quiet icon" aria-label=${t("close")} onClick=${() => remove(toast.number)}>✕</button>
    </div>`)}</div>`;
}
