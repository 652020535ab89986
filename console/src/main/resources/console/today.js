// A person's tasks and reminders.
import { html, useEffect, useState } from "./preact.js";
import { get, post, send, whose } from "./api.js";
import { taskPath, told } from "./task-api.js";
import { person } from "./session.js";
import { t } from "./i18n.js";
import { filter } from "./router.js";
import { useList } from "./load.js";
import { when } from "./times.js";
import { inWords } from "./recurrence.js";
import { notify } from "./toasts.js";
import { Badge, Empty, Head, Listing, Select, Time, Trouble } from "./parts.js";
import { TaskForm } from "./task-form.js";
import { DeleteTask, SnoozeTask } from "./task-asks.js";

const ORDERS = ["due,priority", "priority,due", "-created", "-updated", "title"];
const GROUPS = ["overdue", "today", "week", "later", "none"];
function Reminders() {
  const list = useList("v1/reminders", whose(), "reminders");
  const items = (list.items || []).slice(0, 8);
  return html`<section class="reminders" aria-labelledby="reminders">
    <h2 id="reminders">${t("reminders")}</h2>
    <${Trouble} problem=${list.problem} retry=${list.reload} />
    ${list.items && !items.length && html`<p class="hint">${t("reminders.none")}</p>`}
    <ol>${items.map(one => html`<li key=${one.event_id}>
      <span class="mark" aria-hidden="true"></span><span>${one.title || one.task_id}<small><${Time} at=${one.sent_at || one.remind_at} />
        ${one.late && html` · <${Badge} kind="reminder" value="late" />`}</small></span></li>`)}</ol>
  </section>`;
}

function Task({ task, ask }) {
  const [busy, setBusy] = useState(false);
  const done = task.status === "completed";
  const toggle = async () => {
    setBusy(true);
    try {
      told(await post(taskPath(task.task_id, done ? "reopen" : "complete")));
      notify(t(done ? "task.reopened" : "task.completed", { title: task.title }));
    } catch (problem) {
      notify({ tone: "red", text: problem.message });
    } finally {
      setBusy(false);
    }
  };
  const late = task.status === "open" && task.due_at && new Date(task.due_at) < new Date();
  return html`<li key=${task.task_id} class=${"card task " + task.status}>
    <button type="button" class="check" disabled=${busy || task.status === "skipped"} aria-pressed=${done ? "true" : "false"}
      aria-label=${t(done ? "task.reopen" : "task.complete", { title: task.title })} onClick=${toggle}></button>
    <div class="main">
      <p class="title">${task.title}</p>
      ${task.description && html`<p class="text">${task.description}</p>`}
      <p class="meta">
        ${task.priority && html`<${Badge} kind="priority" value=${task.priority} />`}
        ${task.status !== "open" && html`<${Badge} kind="status" value=${task.status} />`}
        ${task.due_at && html`<span class=${late ? "late" : ""}>${t("task.due")} <${Time} at=${task.due_at} /></span>`}
        ${task.recurrence ? html`<span class="repeat">${inWords(task.recurrence)}</span>`
          : task.recurrence_id && html`<span class="repeat">${t("task.repeats")}</span>`}
        ${task.status === "open" && new Date(task.next_remind_at) > new Date() && html`<span>${t("task.reminder")} <${Time} at=${task.next_remind_at} /></span>`}
        ${(task.tags || []).map(tag => html`<span class="tag">${tag}</span>`)}
      </p>
    </div>
    <div class="do">
      ${task.status === "open" && html`<button type="button" class="quiet" onClick=${() => ask("snooze", task)} aria-label=${t("task.snooze.of", { title: task.title })}>${t("task.snooze")}</button>`}
      ${task.status === "open" && html`<button type="button" class="quiet" onClick=${() => ask("edit", task)} aria-label=${t("task.edit.of", { title: task.title })}>${t("task.edit")}</button>`}
      <button type="button" class="quiet" onClick=${() => ask("delete", task)} aria-label=${t("task.delete.of", { title: task.title })}>${t("task.delete")}</button>
    </div></li>`;
}

function Search({ value, onChange }) {
  const [text, setText] = useState(value || "");
  useEffect(() => {
    if (text === (value || "")) return undefined;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<label class="choice search"><span class="label">${t("search")}</span>
    <input type="search" maxlength="200" value=${text} placeholder=${t("search.hint")} onInput=${event => setText(event.target.value)} /></label>`;
}

function Tags({ value, onChange, at }) {
  const [tags, setTags] = useState([]);
  useEffect(() => {
    get("v1/tags", whose()).then(answer => setTags(answer.items)).catch(() => setTags([]));
  }, [at]);
  const names = tags.map(tag => tag.tag);
  if (value && !names.includes(value)) names.push(value);
  return html`<${Select} label=${t("filter.tag")} value=${value} all=${t("all")} onChange=${onChange}
    options=${names.map(name => [name, name])} />`;
}

function Groups({ items, ask }) {
  const groups = GROUPS.map(name => [name, items.filter(task => when(task.due_at) === name)]).filter(([, some]) => some.length);
  return groups.map(([name, some]) => html`<section key=${name} aria-labelledby=${"group-" + name}>
    <h2 class=${"group " + name} id=${"group-" + name}>${t("when." + name)} <span class="count">${some.length}</span></h2>
    <ul class="cards">${some.map(task => html`<${Task} key=${task.task_id} task=${task} ask=${ask} />`)}</ul></section>`);
}

export function Today({ place }) {
  const [asked, setAsked] = useState(null);
  const query = place.query;
  const status = query.status || "open";
  const sort = ORDERS.includes(query.sort) ? query.sort : ORDERS[0];
  const list = useList("v1/tasks", {
    q: query.q, status: status === "all" ? "" : status, priority: query.priority, tag: query.tag, sort, ...whose(),
  }, "tasks");
  const narrowed = query.q || query.priority || query.tag;
  const ask = (what, task) => setAsked({ what, task });
  const close = () => setAsked(null);
  const empty = narrowed ? html`<${Empty} title=${t("tasks.nothing")}>${t("tasks.nothing.do")}</${Empty}>`
    : html`<${Empty} title=${t("tasks.empty")}>${t("tasks.empty.do")}</${Empty}>`;
  const grouped = status === "open" && sort === ORDERS[0];
  return html`<${Head} title=${t("page.today")}>
      <button type="button" class="primary" onClick=${() => ask("create")}>${t("task.new")}</button></${Head}>
    <div class="two"><div>
      <div class="filters" role="search" aria-label=${t("filters")}>
        <${Search} value=${query.q} onChange=${q => filter(place, { q })} />
        <${Select} label=${t("filter.status")} value=${status} onChange=${value => filter(place, { status: value })}
          options=${["open", "completed", "skipped", "all"].map(name => [name, t(name === "all" ? "all" : "status." + name)])} />
        <${Select} label=${t("filter.priority")} value=${query.priority} all=${t("all")} onChange=${priority => filter(place, { priority })}
          options=${["P1", "P2", "P3", "P4"].map(name => [name, t("priority." + name)])} />
        <${Tags} value=${query.tag} onChange=${tag => filter(place, { tag })} at=${person() + (list.items || []).length} />
        <${Select} label=${t("filter.sort")} value=${sort} onChange=${value => filter(place, { sort: value })}
          options=${ORDERS.map(name => [name, t("sort." + name)])} />
      </div>
      <${Listing} list=${list} label=${t("page.today")} empty=${empty} draw=${grouped && (items => html`<${Groups} items=${items} ask=${ask} />`)}>
        ${task => html`<${Task} key=${task.task_id} task=${task} ask=${ask} />`}</${Listing}>
    </div><${Reminders} /></div>
    ${asked && asked.what === "create" && html`<${TaskForm} close=${close} />`}
    ${asked && asked.what === "edit" && html`<${TaskForm} task=${asked.task} close=${close} />`}
    ${asked && asked.what === "snooze" && html`<${SnoozeTask} task=${asked.task} close=${close}
      send=${body => post(taskPath(asked.task.task_id, "snooze"), body).then(answer => { told(answer); })} />`}
    ${asked && asked.what === "delete" && html`<${DeleteTask} task=${asked.task} close=${close}
      send=${() => send("DELETE", taskPath(asked.task.task_id)).then(answer => { told(answer); })} />`}`;
}
