// Where one is: #/page/id?filters. Filters are a part of it, so that they can be kept, sent on, and left by going back.
import { useEffect, useState } from "./preact.js";

function read(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const [page, ...rest] = path.split("/");
  return {
    page,
    id: rest.length ? decoded(rest.join("/")) : "",
    query: Object.fromEntries(new URLSearchParams(query || "")),
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // Typed by hand: it is looked for as it stands, and not found.
    return text;
  }
}

export function link(page, id, query) {
  const text = new URLSearchParams(Object.entries(query || {}).filter(([, value]) => value)).toString();
  return "#/" + page + (id ? "/" + encodeURIComponent(id) : "") + (text ? "?" + text : "");
}

export function go(page, id, query) {
  location.hash = link(page, id, query);
}

/** Changes filters: where one is stays the same place, and typing makes no history. */
export function filter(place, values) {
  history.replaceState(null, "", link(place.page, place.id, { ...place.query, ...values }));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export function usePlace() {
  const [place, setPlace] = useState(() => read(location.hash));
  useEffect(() => {
    const changed = () => setPlace(read(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return place;
}
