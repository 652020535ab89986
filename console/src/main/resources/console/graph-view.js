// The picture of a run.
import { html } from "./preact.js";
import { t, word } from "./i18n.js";
import { duration } from "./times.js";
import { graphOf, layout, stateOf } from "./graph.js";

const WIDTH = 176;
const HEIGHT = 46;
const ACROSS = 28;
const DOWN = 38;

function cut(text, length) {
  return text.length > length ? text.slice(0, length - 1) + "…" : text;
}

function way(from, to) {
  const x1 = from.x + WIDTH / 2;
  const x2 = to.x + WIDTH / 2;
  if (to.y > from.y) {
    const y1 = from.y + HEIGHT;
    const bend = Math.min(30, (to.y - y1) / 2);
    return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${to.y - bend} ${x2} ${to.y - 5}`;
  }
  // What leads back goes around at the right.
  const side = Math.max(from.x, to.x) + WIDTH + 18;
  return `M${from.x + WIDTH} ${from.y + HEIGHT / 2}C${side} ${from.y} ${side} ${to.y + HEIGHT} ${to.x + WIDTH + 5} ${to.y + HEIGHT / 2}`;
}

export function Graph({ definition, steps, waiting }) {
  const graph = graphOf(definition);
  if (!graph.nodes.length) return null;
  const drawn = layout(graph);
  const place = id => {
    const { x, y } = drawn.at(id);
    return { x: 8 + x * (WIDTH + ACROSS), y: 8 + y * (HEIGHT + DOWN) };
  };
  const width = 16 + drawn.columns * (WIDTH + ACROSS) + 20;
  const height = 16 + drawn.rows * (HEIGHT + DOWN) - DOWN;
  return html`<section aria-labelledby="graph"><h2 id="graph">${t("run.graph")}</h2>
    <div class="graph" tabindex="0" role="group" aria-label=${t("run.graph")}><svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="list" aria-label=${t("run.steps")}>
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" class="tip" /></marker></defs>
      ${graph.edges.map(edge => {
        const from = place(edge.from);
        const to = place(edge.to);
        return html`<g key=${edge.from + ">" + edge.to + edge.word} aria-hidden="true"><path class="way" d=${way(from, to)} marker-end="url(#arrow)" />
          ${edge.word && html`<text class="word" x=${(from.x + to.x + WIDTH) / 2 + 6} y=${(from.y + to.y + HEIGHT) / 2}>${cut(edge.word, 18)}</text>`}</g>`;
      })}
      ${graph.nodes.map(node => {
        const { x, y } = place(node.id);
        const now = stateOf(node.id, steps, waiting);
        const said = [word("step", now.state), now.attempts > 1 ? t("run.tries", { n: now.attempts }) : "", now.millis ? duration(now.millis) : ""].filter(Boolean).join(" · ");
        return html`<g key=${node.id} class=${"node " + now.state} role="listitem" aria-label=${node.name + ", " + node.kind + ": " + said}>
          <title>${node.id + "\n" + said}</title><rect x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="9" />
          <circle cx=${x + 15} cy=${y + HEIGHT / 2} r="5" /><text x=${x + 30} y=${y + 20} class="name">${cut(node.name, 18)}</text>
          <text x=${x + 30} y=${y + 36} class="kind">${cut([node.kind, now.state === "none" ? "" : word("step", now.state), now.attempts > 1 ? "×" + now.attempts : ""].filter(Boolean).join(" · "), 24)}</text></g>`;
      })}</svg></div></section>`;
}
