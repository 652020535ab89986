// The frame around the pages: who looks, where they are, what they may see.
import { h, html, render, useEffect, useState } from "./preact.js";
import { get } from "./api.js";
import { live } from "./live.js";
import { session, change, onChange, has, actsForOthers, person } from "./session.js";
import { language, speak, t } from "./i18n.js";
import { go, link, usePlace } from "./router.js";
import { Toasts, notify } from "./toasts.js";
import { Login, Nobody, Who } from "./who.js";
import { Trouble } from "./parts.js";
import { Today } from "./today.js";
import { Approvals } from "./approvals.js";
import { Runs } from "./runs.js";
import { Conversations } from "./conversations.js";
import { Agents } from "./agents.js";
import { Objectives } from "./objectives.js";
import { Letters } from "./letters.js";

const PAGES = [
  { name: "today", view: Today, roles: ["user", "operator"], topics: ["tasks", "reminders"], personal: true },
  { name: "approvals", view: Approvals, roles: ["user", "approver", "operator"], topics: ["approvals"] },
  { name: "runs", view: Runs, roles: ["operator"], topics: ["runs"] },
  { name: "conversations", view: Conversations, roles: ["desk", "operator"], topics: ["conversations"] },
  { name: "agents", view: Agents, roles: ["operator", "platform"], topics: [] },
  { name: "objectives", view: Objectives, roles: ["platform"], topics: [] },
  { name: "letters", view: Letters, roles: ["platform"], topics: [] },
];

/** Asks who one is; without a key, and answered, the gateway asks nobody. */
async function enter() {
  try {
    const open = !session.token;
    session.open = open;
    const me = await get("v1/me");
    change({ me, open });
    return null;
  } catch (problem) {
    change({ me: null, open: false });
    return problem;
  }
}

function topics() {
  const named = !actsForOthers() || person();
  return PAGES.filter(page => has(...page.roles) && (!page.personal || named)).flatMap(page => page.topics);
}

function useSession() {
  const [, draw] = useState(0);
  useEffect(() => onChange(() => draw(n => n + 1)), []);
}

function useConnection() {
  const [state, setState] = useState(live.state);
  useEffect(() => {
    setState(live.state);
    return live.listen(event => event.name === "state" && setState(live.state));
  }, []);
  return state;
}

function Nav({ pages, current }) {
  useEffect(() => {
    // Where the pages stand in a row that is wider than the window.
    const link = document.querySelector("nav a[aria-current]");
    if (link) link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return html`<nav aria-label=${t("nav")}><ul>${pages.map(page => html`<li key=${page.name}>
    <a href=${link(page.name)} aria-current=${page.name === current ? "page" : undefined}>${t("page." + page.name)}</a></li>`)}</ul></nav>`;
}

function Connection() {
  const state = useConnection();
  return html`<p class=${"connection " + state} role="status"><span class="dot" aria-hidden="true"></span>${t("live." + state)}</p>`;
}

function App() {
  useSession();
  const place = usePlace();
  const [problem, setProblem] = useState(null);
  const [asked, setAsked] = useState(false);
  const again = () => enter().then(result => { setProblem(result); setAsked(true); });
  useEffect(() => { again(); }, []);

  const who = session.me ? JSON.stringify([session.me, session.tenant, person(), session.token]) : "";
  useEffect(() => {
    if (!who) { live.stop(); return undefined; }
    live.start(topics());
    return () => live.stop();
  }, [who]);
  useEffect(() => live.listen(event => {
    if (event.name === "reminders" && event.view) {
      notify({ tone: "bell", title: t("reminder"), text: event.view.title || event.view.task_id });
    }
  }), []);

  const pages = PAGES.filter(page => has(...page.roles));
  const page = pages.find(one => one.name === place.page) || pages[0];
  const title = page ? t("page." + page.name) : "Millrace";
  useEffect(() => {
    document.title = title === "Millrace" ? title : title + " · Millrace";
    const heading = document.querySelector("main h1");
    if (asked && heading && document.activeElement !== document.body) heading.focus();
  }, [page && page.name, language]);

  if (!asked) return html`<p class="starting">${t("loading")}</p>`;
  if (!session.me) {
    return html`<main id="main" class="alone">${problem && problem.status !== 401
      ? html`<h1>Millrace</h1><${Trouble} problem=${problem} retry=${again} />` : html`<${Login} again=${again} refused=${Boolean(session.token)} />`}</main><${Toasts} />`;
  }
  const nobody = page && page.personal && actsForOthers() && !person();
  return html`
    <a class="skip" href="#main" onClick=${event => { event.preventDefault(); document.getElementById("main").focus(); }}>${t("skip")}</a>
    <header class="side">
      <a class="brand" href=${link(pages.length ? pages[0].name : "")}><img src="console/favicon.svg" alt="" width="28" height="28" />Millrace</a>
      <${Nav} pages=${pages} current=${page && page.name} />
      <div class="foot"><${Connection} /><${Who} again=${again} /></div>
    </header>
    <main id="main" tabindex="-1">
      ${!page ? html`<h1>${t("nothing")}</h1>` : nobody ? html`<${Nobody} />`
        : h(page.view, { key: page.name + "\n" + who, place })}
    </main>
    <${Toasts} />`;
}

speak(language);
render(html`<${App} />`, document.getElementById("app"));
if (!location.hash) go("today");
