// Who looks, and how they want to see it. A key stays in this tab and is gone with it; the rest is kept for the next time.

const listeners = new Set();

function stored(storage, name) {
  try { return storage.getItem("millrace." + name) || ""; } catch (e) { return ""; }
}

function keep(storage, name, value) {
  try {
    if (value) storage.setItem("millrace." + name, value);
    else storage.removeItem("millrace." + name);
  } catch (e) { /* Then it lasts as long as the page. */ }
}

export const session = {
  token: stored(sessionStorage, "token"),
  tenant: stored(localStorage, "tenant"),
  user: stored(localStorage, "user"),
  theme: stored(localStorage, "theme"),
  /** What /v1/me says; null until it was asked. */
  me: null,
  /** Whether the gateway asks nobody who they are. */
  open: false,
};

/** Changes some of it, and tells whoever listens. */
export function change(values) {
  Object.assign(session, values);
  keep(sessionStorage, "token", session.token);
  for (const name of ["tenant", "user", "theme"]) keep(localStorage, name, session[name]);
  if (session.theme) document.documentElement.dataset.theme = session.theme;
  else delete document.documentElement.dataset.theme;
  listeners.forEach(listener => listener());
}

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function has(...roles) {
  return Boolean(session.me) && roles.some(role => session.me.roles.includes(role));
}

/** Whether it is to be said for whom: operators act for people. */
export function actsForOthers() {
  return has("operator") && !session.me.user;
}

/** The person whose things are shown and who decides; empty when none was named. */
export function person() {
  return (session.me && session.me.user) || session.user;
}
