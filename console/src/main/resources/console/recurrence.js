// How a task repeats: the simple choices of the form, and any recurrence in words.
import { t, language } from "./i18n.js";

const WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
export const CHOICES = ["never", "daily", "weekdays", "weekly", "monthly", "yearly", "rule"];

/** The recurrence of a choice; null for none. What counts from the due date needs nothing else. */
export function ofChoice(choice, rule, next) {
  if (choice === "never" || !choice) return null;
  const how = next && next !== "on_completion" ? { next } : {};
  if (choice === "weekdays") return { rule: WEEKDAYS, ...how };
  if (choice === "rule") return { rule: rule.trim().replace(/^RRULE:/i, ""), ...how };
  return { every: choice, ...how };
}

/** The choice that a recurrence is; "rule" with its text when it is no simple one. */
export function toChoice(recurrence) {
  if (!recurrence) return { choice: "never", rule: "", next: "on_completion" };
  const next = recurrence.next || "on_completion";
  if (recurrence.every) return { choice: recurrence.every, rule: "", next };
  const rule = (recurrence.rule || "").toUpperCase();
  if (rule === WEEKDAYS) return { choice: "weekdays", rule: "", next };
  const plain = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=1)?$/.exec(rule);
  return plain ? { choice: plain[1].toLowerCase(), rule: "", next } : { choice: "rule", rule: recurrence.rule || "", next };
}

function parts(rule) {
  const found = {};
  rule.replace(/^RRULE:/i, "").split(";").forEach(part => {
    const [name, value] = part.split("=");
    if (value !== undefined) found[name.toUpperCase()] = value.toUpperCase();
  });
  return found;
}

function dayName(code) {
  const found = /^(?:[+-]?\d+)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(code);
  if (!found) return code;
  // The first of February 1970 was a Sunday.
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(1970, 1, 1 + DAYS.indexOf(found[1]))));
}

function listed(words) {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}

/** In words what can be said in words, else as it is written. */
export function inWords(recurrence) {
  if (!recurrence) return "";
  if (recurrence.every) return t("repeat." + recurrence.every);
  if (recurrence.cron) return t("repeat.cron", { cron: recurrence.cron });
  const rule = recurrence.rule || "";
  if (rule.replace(/^RRULE:/i, "").toUpperCase() === WEEKDAYS) return t("repeat.weekdays");
  const found = parts(rule);
  const known = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "WKST"];
  const kinds = { HOURLY: "hours", DAILY: "days", WEEKLY: "weeks", MONTHLY: "months", YEARLY: "years" };
  const numbered = /\d/.test(found.BYDAY || "");
  if (!kinds[found.FREQ] || numbered || Object.keys(found).some(name => !known.includes(name))) return rule;
  const n = Number(found.INTERVAL || 1);
  let text = t("repeat.every." + kinds[found.FREQ], { n });
  if (found.BYDAY) text += " " + t("repeat.on", { days: listed(found.BYDAY.split(",").map(dayName)) });
  if (found.BYMONTHDAY) text += " " + t("repeat.monthday", { days: listed(found.BYMONTHDAY.split(",")) });
  if (found.COUNT) text += ", " + t("repeat.count", { n: Number(found.COUNT) });
  return text;
}
