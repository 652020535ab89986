// Moments in words: near ones as a distance, with the exact one for whoever asks; and local times as forms have them.
import { language } from "./i18n.js";

const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** @param moment ISO 8601 or milliseconds */
export function relative(moment, now = Date.now(), lang = language) {
  const seconds = Math.round((new Date(moment).getTime() - now) / 1000);
  if (Number.isNaN(seconds)) return "";
  const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  if (Math.abs(seconds) < 5) return format.format(0, "second");
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  return format.format(Math.round(seconds / size), unit);
}

export function exact(moment, lang = language) {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "long" }).format(date);
}

/** A length of time, the two largest units of it. */
export function duration(millis) {
  if (millis < 1000) return Math.round(millis) + " ms";
  if (millis < 10000) return (millis / 1000).toFixed(1) + " s";
  const parts = [];
  let left = Math.round(millis / 1000);
  for (const [sign, size] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(count + " " + sign);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

const two = number => String(number).padStart(2, "0");

/** As an input of the kind datetime-local has it, in the browser's zone. */
export function toInput(date) {
  return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate())
    + "T" + two(date.getHours()) + ":" + two(date.getMinutes());
}

/** As events have local times: to the second, without a zone. */
export function fromInput(value) {
  return value && value.length === 16 ? value + ":00" : value;
}

export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** In which part of a list of tasks something belongs: overdue, today, week, later, none. */
export function when(due, now = Date.now()) {
  if (!due) return "none";
  const moment = new Date(due).getTime();
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  if (moment < now) return "overdue";
  if (moment < midnight.getTime()) return "today";
  return moment < midnight.getTime() + 6 * 86400000 ? "week" : "later";
}
