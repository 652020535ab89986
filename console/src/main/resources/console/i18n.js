// The words of the pages, in the language of the browser or the one that was chosen.
import en from "./text-en.js";
import fr from "./text-fr.js";
import es from "./text-es.js";

export const texts = { en, fr, es };
export const languages = { en: "English", fr: "Français", es: "Español" };

function chosen() {
  try {
    const kept = localStorage.getItem("millrace.language");
    if (texts[kept]) return kept;
  } catch (e) { /* As the browser has it. */ }
  const of = (navigator.languages || [navigator.language]).map(name => String(name).slice(0, 2));
  return of.find(name => texts[name]) || "en";
}

export let language = chosen();

export function speak(name) {
  language = texts[name] ? name : "en";
  document.documentElement.lang = language;
  try { localStorage.setItem("millrace.language", language); } catch (e) { /* For this page then. */ }
}

/** The text of a key; {name} in it is filled in, and with a number n it is the form for that many. */
export function t(key, values = {}) {
  const own = texts[language];
  let text = own[key];
  if (text === undefined && values.n !== undefined) {
    text = own[key + "." + new Intl.PluralRules(language).select(values.n)] || own[key + ".other"];
  }
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The word for something that the API names, such as a state; as it is when there is none. */
export function word(kind, name) {
  const text = texts[language][kind + "." + name];
  return text === undefined ? String(name === undefined || name === null ? "" : name).replace(/_/g, " ") : text;
}
