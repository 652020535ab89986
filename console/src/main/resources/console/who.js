// Who looks: a key or token where the gateway asks for one; else the person and the tenant whose things are shown.
import { html, useState } from "./preact.js";
import { session, change, actsForOthers } from "./session.js";
import { language, languages, speak, t } from "./i18n.js";
import { Ask, Field } from "./parts.js";

export function Login({ again, refused }) {
  const [token, setToken] = useState("");
  const enter = event => {
    event.preventDefault();
    change({ token: token.trim() });
    again();
  };
  return html`<h1>Millrace</h1><form class="login" onSubmit=${enter}>
    <p>${t("login.about")}</p>
    <${Field} label=${t("login.key")} hint=${t("login.kept")} problem=${refused ? t("login.refused") : ""}>
      <input type="password" autocomplete="off" spellcheck=${false} required value=${token} onInput=${event => setToken(event.target.value)} />
    </${Field}>
    <button class="primary">${t("login.enter")}</button>
  </form>`;
}

/** Where it is not said yet whose tasks are to be shown. */
export function Nobody() {
  const [user, setUser] = useState("");
  const enter = event => {
    event.preventDefault();
    change({ user: user.trim() });
  };
  return html`<div class="welcome"><h1 tabindex="-1">${t("who.welcome")}</h1><p>${t("who.about")}</p>
    <form onSubmit=${enter}>
      <${Field} label=${t("who.name")} hint=${t("who.hint")}>
        <input name="user" maxlength="200" required autocomplete="username" value=${user} onInput=${event => setUser(event.target.value)} />
      </${Field}>
      <button class="primary">${t("who.enter")}</button>
    </form></div>`;
}

function Settings({ close, again }) {
  const [user, setUser] = useState(session.user);
  const [tenant, setTenant] = useState(session.tenant);
  const [theme, setTheme] = useState(session.theme);
  const [speech, setSpeech] = useState(language);
  const apply = async () => {
    speak(speech);
    change({ user: user.trim(), tenant: tenant.trim(), theme });
    await again();
  };
  return html`<${Ask} title=${t("settings")} verb=${t("apply")} action=${apply} close=${close}>
    ${actsForOthers() && html`<${Field} label=${t("who.name")} hint=${t("who.hint")}>
      <input name="user" maxlength="200" value=${user} onInput=${event => setUser(event.target.value)} /></${Field}>`}
    ${session.open && html`<${Field} label=${t("who.tenant")}>
      <input name="tenant" maxlength="200" placeholder="default" value=${tenant} onInput=${event => setTenant(event.target.value)} /></${Field}>`}
    <${Field} label=${t("language")}><select name="language" value=${speech} onChange=${event => setSpeech(event.target.value)}>
      ${Object.entries(languages).map(([code, name]) => html`<option value=${code} lang=${code} selected=${code === speech}>${name}</option>`)}</select></${Field}>
    <${Field} label=${t("theme")}><select name="theme" value=${theme} onChange=${event => setTheme(event.target.value)}>
      ${["", "light", "dark"].map(name => html`<option value=${name} selected=${name === theme}>${t("theme." + (name || "system"))}</option>`)}</select></${Field}>
  </${Ask}>`;
}

export function Who({ again }) {
  const [open, setOpen] = useState(false);
  const name = session.me.user || session.user || (session.open ? t("who.nobody") : session.me.name);
  const leave = () => { change({ token: "", me: null }); again(); };
  return html`<div class="who"><button type="button" class="quiet who-button" onClick=${() => setOpen(true)} aria-label=${t("settings") + ": " + name}>
      <span class="avatar" aria-hidden="true">${[...name][0].toUpperCase()}</span>
      <span><b>${name}</b><small>${session.me.tenant}</small></span></button>
    ${session.token && html`<button type="button" class="quiet" onClick=${leave}>${t("login.leave")}</button>`}
    ${open && html`<${Settings} close=${() => setOpen(false)} again=${again} />`}</div>`;
}
