// Follows what changes: /v1/stream, read by fetch because an EventSource can't say who calls.
import { address, headers, whose } from "./api.js";

const AGAIN_MILLIS = 2000;
const SILENCE_MILLIS = 30000;

/** Splits what came into events; what is not whole yet is left for the next time. */
export function parse(text) {
  const parts = text.split("\n\n");
  const rest = parts.pop();
  const events = parts.map(part => {
    const event = { name: "message", id: "", data: "" };
    for (const line of part.split("\n")) {
      if (line.startsWith("event: ")) event.name = line.slice(7);
      else if (line.startsWith("id: ")) event.id = line.slice(4);
      else if (line.startsWith("data: ")) event.data += line.slice(6);
    }
    return event;
  });
  return { events: events.filter(event => event.data), rest };
}

export class Live {
  constructor() {
    this.listeners = new Set();
    this.state = "off";
    this.position = "";
    this.topics = [];
    this.run = 0;
    // A browser keeps pages that were left, with their connections, of which it has six: this one would hold one of them.
    addEventListener("pagehide", () => this.pause());
    addEventListener("pageshow", event => event.persisted && this.resume());
  }

  /** @param listener told {name, id, view}; name is a topic, "reset" or "state" */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(event) {
    this.listeners.forEach(listener => listener(event));
  }

  become(state) {
    if (state !== this.state) {
      this.state = state;
      this.tell({ name: "state" });
    }
  }

  /** Begins anew, for whoever looks now. */
  start(topics) {
    this.stop();
    this.position = "";
    this.topics = topics;
    this.resume();
  }

  stop() {
    this.topics = [];
    this.pause();
  }

  pause() {
    this.run++;
    if (this.control) this.control.abort();
    this.become("off");
  }

  /** Goes on from where it was. */
  resume() {
    if (this.topics.length) this.follow(this.topics, ++this.run);
  }

  async follow(topics, run) {
    while (run === this.run) {
      try {
        await this.connect(topics, run);
      } catch (e) {
        // Whatever it was: it is tried again, and shown meanwhile.
      }
      if (run !== this.run) return;
      this.become("lost");
      await new Promise(done => setTimeout(done, AGAIN_MILLIS));
    }
  }

  async connect(topics, run) {
    this.control = new AbortController();
    const control = this.control;
    let silence = setTimeout(() => control.abort(), SILENCE_MILLIS);
    try {
      const reply = await fetch(address("v1/stream", { topics: topics.join(","), from: this.position, ...whose() }),
        { headers: headers(), signal: control.signal, cache: "no-store" });
      if (!reply.ok) throw new Error(String(reply.status));
      this.become("on");
      const reader = reply.body.getReader();
      const decoder = new TextDecoder();
      let text = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done || run !== this.run) return;
        clearTimeout(silence);
        silence = setTimeout(() => control.abort(), SILENCE_MILLIS);
        const { events, rest } = parse(text + decoder.decode(value, { stream: true }));
        text = rest;
        events.forEach(event => this.take(event));
      }
    } finally {
      clearTimeout(silence);
      // One that ends by itself would otherwise stay open.
      control.abort();
    }
  }

  take(event) {
    const first = event.name === "open";
    if (event.id) this.position = event.id;
    // What went by before the stream began is in no event.
    if (first || event.name === "reset") this.tell({ name: "reset" });
    else this.tell({ name: event.name, ...JSON.parse(event.data) });
  }
}

export const live = new Live();
