// Requests to the gateway. What goes wrong is a Problem in words; what only reads is tried again by itself.
import { session, actsForOthers, person } from "./session.js";
import { t } from "./i18n.js";

const TRIES = 3;

/** What the gateway answers when something is wrong, RFC 9457. Status 0: it did not answer. */
class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || t("problem.status", { status }));
    this.status = status;
  }
}

export function headers() {
  const given = {};
  if (session.token) given.Authorization = "Bearer " + session.token;
  if (session.open && session.tenant) given["Millrace-Tenant"] = session.tenant;
  return given;
}

/** An address with parameters; those that are empty are left out, and of a list each is given. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [].concat(value)) {
      if (one !== undefined && one !== null && one !== "") query.append(name, one);
    }
  }
  const text = query.toString();
  return text ? path + "?" + text : path;
}

/** Whose tasks: said by those who act for others, and known of the rest. */
export function whose() {
  return actsForOthers() ? { user: person() } : {};
}

/** Who does it: said where the key is nobody's, and known else. */
export function by() {
  return session.me.user ? {} : { by: person() };
}

/** An id as a part of a path. */
export const id = encodeURIComponent;

const pause = millis => new Promise(done => setTimeout(done, millis));

async function once(method, path, body, more) {
  let reply;
  try {
    reply = await fetch(path, {
      method,
      headers: { ...headers(), ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...more },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
  } catch (e) {
    throw new Problem(0, { detail: t("problem.unreachable") });
  }
  const text = await reply.text();
  let answer = {};
  try { answer = text ? JSON.parse(text) : {}; } catch (e) { /* A proxy may answer with a page. */ }
  if (!reply.ok) {
    const problem = new Problem(reply.status, answer);
    problem.retryMillis = 1000 * Number(reply.headers.get("Retry-After")) || 0;
    throw problem;
  }
  return answer;
}

const passes = problem => problem.status === 0 || problem.status === 429 || problem.status === 502 || problem.status === 503;

export async function get(path, parameters, tries = TRIES) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once("GET", address(path, parameters));
    } catch (problem) {
      if (attempt >= tries || !passes(problem)) throw problem;
      await pause(problem.retryMillis || attempt * 500);
    }
  }
}

/** Changes something. It has a key by which it is one and the same when it has to be sent again. */
export async function send(method, path, body) {
  const key = { "Idempotency-Key": crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now() };
  try {
    return await once(method, path, body, key);
  } catch (problem) {
    if (!passes(problem)) throw problem;
    await pause(problem.retryMillis || 500);
    return once(method, path, body, key);
  }
}

export const post = (path, body) => send("POST", path, body);
