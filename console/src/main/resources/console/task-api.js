// What is asked of the gateway about one task.
import { address, get, id, whose } from "./api.js";
import { t } from "./i18n.js";
import { notify } from "./toasts.js";

const WAIT_SECONDS = 10;

export const taskPath = (taskId, verb) => address("v1/tasks/" + id(taskId) + (verb ? "/" + verb : ""), whose());

/** What the job makes of an event is told later: only when it refuses one, there is something to say. */
export async function told(accepted) {
  try {
    await get("v1/tasks/" + id(accepted.task_id), { after: accepted.event_id, wait_seconds: WAIT_SECONDS, ...whose() }, 1);
  } catch (problem) {
    if (problem.status === 409) notify({ tone: "red", title: t("refused"), text: problem.message });
  }
}
