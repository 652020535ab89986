// What a page shows is asked for, and again when it changes. While the next is on its way the one before stays.
import { useCallback, useEffect, useRef, useState } from "./preact.js";
import { get, id } from "./api.js";
import { live } from "./live.js";

const PAGE = 50;
const MOST = 200;
const GATHER_MILLIS = 250;
const APART_MILLIS = 1000;

/** Calls soon, once for many calls, and not more often than once a second. */
function useGathered(action) {
  const held = useRef({ timer: 0, last: 0, action });
  held.current.action = action;
  useEffect(() => () => clearTimeout(held.current.timer), []);
  return useCallback(() => {
    const now = held.current;
    if (now.timer) return;
    now.timer = setTimeout(() => {
      now.timer = 0;
      now.last = Date.now();
      now.action();
    }, Math.max(GATHER_MILLIS, now.last + APART_MILLIS - Date.now()));
  }, []);
}

function useLive(topic, told) {
  const latest = useRef(told);
  latest.current = told;
  useEffect(() => live.listen(event => {
    if (event.name === "reset" || event.name === topic) latest.current(event);
  }), [topic]);
}

/**
 * A list with its further pages.
 *
 * @param topic of the stream whose changes have it asked for again; empty for none
 */
export function useList(path, parameters, topic) {
  const key = path + JSON.stringify(parameters);
  const [state, setState] = useState({ key, items: null, next: "", problem: null });
  const current = useRef({ key, size: 0 });
  current.current.key = key;

  const ask = async (cursor, limit, before) => {
    try {
      const answer = await get(path, { ...parameters, cursor, limit });
      if (current.current.key !== key) return;
      const items = before.concat(answer.items);
      current.current.size = items.length;
      setState({ key, items, next: answer.next || "", problem: null });
    } catch (problem) {
      if (current.current.key === key) setState(old => ({ ...old, key, problem }));
    }
  };
  const again = () => ask("", Math.max(PAGE, Math.min(MOST, current.current.size)), []);
  useEffect(() => {
    current.current.size = 0;
    ask("", PAGE, []);
  }, [key]);
  const soon = useGathered(again);
  useLive(topic || "none", soon);
  return { ...state, reload: again, more: state.next ? () => ask(state.next, PAGE, state.items) : null };
}

/**
 * One thing.
 *
 * @param what its id; empty for none
 * @param topic of the stream whose events have all of it; empty for none
 */
export function useOne(path, what, topic) {
  const [state, setState] = useState({ of: what, item: null, problem: null });
  const now = useRef(what);
  now.current = what;
  const again = async () => {
    if (!what) return;
    try {
      const item = await get(path + "/" + id(what));
      if (now.current === what) setState({ of: what, item, problem: null });
    } catch (problem) {
      if (now.current === what) setState({ of: what, item: null, problem });
    }
  };
  useEffect(() => { again(); }, [path, what]);
  const soon = useGathered(again);
  useLive(topic || "none", event => {
    if (event.name === "reset") soon();
    else if (event.id === what && event.view) setState({ of: what, item: event.view, problem: null });
    else if (event.id === what) soon();
  });
  return state.of === what ? { ...state, reload: again } : { item: null, problem: null, reload: again };
}
