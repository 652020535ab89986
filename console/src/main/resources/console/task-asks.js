// The small questions about a task: until when it is put off, and whether it is really to go.
import { html, useState } from "./preact.js";
import { t } from "./i18n.js";
import { Ask } from "./parts.js";

function tomorrow() {
  const morning = new Date();
  morning.setDate(morning.getDate() + 1);
  morning.setHours(9, 0, 0, 0);
  return morning;
}

const CHOICES = {
  "10": () => ({ snooze_minutes: 10 }),
  "60": () => ({ snooze_minutes: 60 }),
  "180": () => ({ snooze_minutes: 180 }),
  tomorrow: () => ({ snooze_until: tomorrow().toISOString() }),
};

export function SnoozeTask({ task, send, close }) {
  const [choice, setChoice] = useState("60");
  return html`<${Ask} title=${t("task.snooze.of", { title: task.title })} verb=${t("task.snooze")} close=${close}
    action=${() => send(CHOICES[choice]())} done=${t("task.snoozed")}>
    <fieldset class="options"><legend>${t("snooze.for")}</legend>${Object.keys(CHOICES).map(name => html`<label>
      <input type="radio" name="snooze" value=${name} checked=${choice === name} onChange=${() => setChoice(name)} />${t("snooze." + name)}</label>`)}
    </fieldset></${Ask}>`;
}

export function DeleteTask({ task, send, close }) {
  return html`<${Ask} title=${t("task.delete.sure")} verb=${t("task.delete")} tone="danger" close=${close} action=${send} done=${t("task.deleted")}>
    <p>${task.title}</p>${task.recurrence && html`<p class="hint">${t("task.delete.series")}</p>`}</${Ask}>`;
}
