// The form of a task, new or known. Of a known one only what was changed is sent.
import { html, useState } from "./preact.js";
import { address, post, send, whose } from "./api.js";
import { taskPath, told } from "./task-api.js";
import { t } from "./i18n.js";
import { fromInput, toInput, zone } from "./times.js";
import { CHOICES, inWords, ofChoice, toChoice } from "./recurrence.js";
import { Ask, Field, words } from "./parts.js";

const REMIND = [0, 10, 60, 1440];

/** What the form says of a task; of none, what a new one begins with. */
export function valuesOf(task) {
  const recurrence = task && task.recurrence;
  // The form has no fields for cron: it stays as it is.
  const kept = recurrence && recurrence.cron ? recurrence : null;
  const repeat = toChoice(kept ? null : recurrence);
  return {
    title: (task && task.title) || "",
    description: (task && task.description) || "",
    priority: (task && task.priority) || "",
    tags: ((task && task.tags) || []).join(", "),
    due: !task || !task.due_at ? "" : (task.due_local || toInput(new Date(task.due_at))).slice(0, 16),
    zone: (task && task.time_zone) || zone(),
    remind: task ? task.remind_before_minutes || [] : [0],
    repeat: repeat.choice,
    rule: repeat.rule,
    next: repeat.next,
    kept,
  };
}

/** The fields of an event, null for what there is none of. */
function fieldsOf(values) {
  const due = values.due ? { due_at: fromInput(values.due), time_zone: values.zone.trim() } : { due_at: null };
  return {
    title: values.title.trim(),
    description: values.description.trim() || null,
    priority: values.priority || null,
    tags: words(values.tags),
    ...due,
    remind_before_minutes: values.due ? [...values.remind].sort((a, b) => b - a) : [],
    recurrence: values.due ? values.kept || ofChoice(values.repeat, values.rule, values.next) : null,
  };
}

/** Of a form that was filled in before and after, what is different. */
export function changes(before, after) {
  const old = fieldsOf(before);
  const fresh = fieldsOf(after);
  const different = Object.entries(fresh).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]));
  const changed = Object.fromEntries(different);
  // A due date without an offset is one of a zone.
  if (changed.due_at) changed.time_zone = fresh.time_zone;
  return changed;
}

/** What a new task says: what there is none of is left out, but for reminders, whose absence means one. */
function beginning(values) {
  const fields = Object.entries(fieldsOf(values)).filter(([name, value]) => value !== null && (name !== "tags" || value.length));
  return Object.fromEntries(values.due ? fields : fields.filter(([name]) => name !== "remind_before_minutes"));
}

function Reminding({ values, set }) {
  const all = [...new Set([...REMIND, ...values.remind])].sort((a, b) => a - b);
  const toggle = minutes => set({
    remind: values.remind.includes(minutes) ? values.remind.filter(one => one !== minutes) : [...values.remind, minutes],
  });
  return html`<fieldset class="options inline"><legend>${t("form.remind")}</legend>${all.map(minutes => html`<label>
    <input type="checkbox" checked=${values.remind.includes(minutes)} onChange=${() => toggle(minutes)} />
    ${REMIND.includes(minutes) ? t("remind." + minutes) : t("remind.minutes", { n: minutes })}</label>`)}</fieldset>`;
}

function Repeating({ values, set, occurrence }) {
  if (occurrence) return html`<p class="hint">${t("form.occurrence")}</p>`;
  if (values.kept) return html`<p class="hint">${inWords(values.kept)}</p>`;
  const repeats = values.repeat !== "never";
  return html`<div class="row">
    <${Field} label=${t("form.repeat")}><select name="repeat" value=${values.repeat} onChange=${event => set({ repeat: event.target.value })}>
      ${CHOICES.map(name => html`<option value=${name} selected=${name === values.repeat}>${t("repeat." + name)}</option>`)}</select></${Field}>
    ${repeats && html`<${Field} label=${t("form.next")}><select name="next" value=${values.next} onChange=${event => set({ next: event.target.value })}>
      ${["on_completion", "on_schedule"].map(name => html`<option value=${name} selected=${name === values.next}>${t("next." + name)}</option>`)}</select></${Field}>`}
    </div>
    ${values.repeat === "rule" && html`<${Field} label=${t("form.rule")} hint=${inWords({ rule: values.rule }) || t("form.rule.hint")}>
      <input name="rule" required maxlength="1000" spellcheck=${false} placeholder="FREQ=MONTHLY;BYMONTHDAY=1" value=${values.rule}
        onInput=${event => set({ rule: event.target.value })} /></${Field}>`}`;
}

export function TaskForm({ task, close }) {
  const [before] = useState(() => valuesOf(task));
  const [values, setValues] = useState(before);
  const set = some => setValues(old => ({ ...old, ...some }));
  const text = name => ({ name, value: values[name], onInput: event => set({ [name]: event.target.value }) });
  const save = async () => {
    if (!task) {
      told(await post(address("v1/tasks", whose()), beginning(values)));
      return;
    }
    const changed = changes(before, values);
    if (Object.keys(changed).length) told(await send("PATCH", taskPath(task.task_id), changed));
  };
  return html`<${Ask} title=${task ? t("task.edit.title") : t("task.new")} verb=${task ? t("save") : t("task.create")} close=${close} wide
    action=${save} done=${t(task ? "task.saved" : "task.created", { title: values.title })}>
    <${Field} label=${t("form.title")}><input ...${text("title")} required maxlength="500" autofocus /></${Field}>
    <${Field} label=${t("form.description")}><textarea ...${text("description")} rows="3" maxlength="10000"></textarea></${Field}>
    <div class="row">
      <${Field} label=${t("form.priority")}><select name="priority" value=${values.priority} onChange=${event => set({ priority: event.target.value })}>
        ${["", "P1", "P2", "P3", "P4"].map(name => html`<option value=${name} selected=${name === values.priority}>${t("priority." + (name || "none"))}</option>`)}</select></${Field}>
      <${Field} label=${t("form.tags")} hint=${t("form.tags.hint")}><input ...${text("tags")} maxlength="1000" /></${Field}>
    </div>
    <div class="row">
      <${Field} label=${t("form.due")}><input type="datetime-local" ...${text("due")} min="1970-01-01T00:00" max="2199-12-31T23:59" /></${Field}>
      ${values.due && html`<${Field} label=${t("form.zone")}><input ...${text("zone")} required maxlength="100" spellcheck=${false} /></${Field}>`}
    </div>
    ${values.due ? html`<${Reminding} values=${values} set=${set} /><${Repeating} values=${values} set=${set} occurrence=${Boolean(task && task.task_id.includes("~"))} />`
      : html`<p class="hint">${t("form.due.hint")}</p>`}
  </${Ask}>`;
}
