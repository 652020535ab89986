// Shows /openapi.json, and tries requests out. All that comes from there is put in as text.
"use strict";

function make(name, attributes, ...children) {
  const node = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => node.setAttribute(key, value));
  children.forEach(child => node.append(child));
  return node;
}

function words(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.type === "array") return "list of " + words(schema.items);
  return [].concat(schema.type || "any").join(" or ");
}

function parameterRows(operation, inputs) {
  return (operation.parameters || []).map(parameter => {
    const input = make("input", { "aria-label": parameter.name });
    inputs.push({ parameter, input });
    return make("tr", {},
      make("td", {}, make("code", {}, parameter.name), parameter.required ? " *" : ""),
      make("td", {}, words(parameter.schema)),
      make("td", {}, parameter.description || ""),
      make("td", {}, input));
  });
}

function address(path, inputs) {
  const query = new URLSearchParams();
  let filled = path;
  inputs.forEach(({ parameter, input }) => {
    if (parameter.in === "path") {
      filled = filled.replace("{" + parameter.name + "}", encodeURIComponent(input.value));
    } else if (input.value !== "") {
      query.append(parameter.name, input.value);
    }
  });
  const text = query.toString();
  return text ? filled + "?" + text : filled;
}

async function send(method, path, inputs, body, output) {
  const headers = {};
  const token = document.getElementById("token").value;
  if (token) headers.Authorization = "Bearer " + token;
  if (body) headers["Content-Type"] = "application/json";
  const url = address(path, inputs);
  output.textContent = method + " " + url + " …";
  try {
    const reply = await fetch(url, { method, headers, body: body ? body.value : undefined });
    const text = await reply.text();
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch (e) { /* No JSON: as it is. */ }
    output.textContent = reply.status + " " + reply.statusText + "\n" + shown;
  } catch (e) {
    output.textContent = String(e);
  }
}

function fields(schema) {
  if (!schema || !schema.properties) return "";
  const required = new Set(schema.required || []);
  return make("table", {}, ...Object.entries(schema.properties).map(([name, field]) =>
    make("tr", {},
      make("td", {}, make("code", {}, name), required.has(name) ? " *" : ""),
      make("td", {}, words(field)),
      make("td", {}, field.description || ""))));
}

function operation(method, path, declared) {
  const inputs = [];
  const output = make("pre", { hidden: "" });
  const box = make("details", { id: declared.operationId },
    make("summary", {}, make("b", {}, method.toUpperCase()), make("code", {}, path), declared.summary || ""),
    make("p", {}, declared.description || "For anybody."));
  const rows = parameterRows(declared, inputs);
  if (rows.length) box.append(make("table", {}, ...rows));
  let body = null;
  const json = declared.requestBody && declared.requestBody.content["application/json"];
  if (json) {
    box.append(make("p", {}, "Body:"), fields(json.schema));
    body = make("textarea", { "aria-label": "body" });
    body.value = JSON.stringify(json.example || {}, null, 2);
    box.append(body);
  }
  Object.entries(declared.responses).forEach(([status, reply]) => {
    const content = Object.values(reply.content || {})[0];
    const schema = content && content.schema;
    const items = schema && schema.properties && schema.properties.items;
    box.append(make("p", {}, make("b", {}, status + " "), reply.description + " ", make("code", {}, words(items || schema))));
  });
  if (!declared.responses["200"] || !declared.responses["200"].content["text/event-stream"]) {
    const button = make("button", { type: "button" }, "Send");
    button.addEventListener("click", () => {
      output.hidden = false;
      send(method.toUpperCase(), path, inputs, body, output);
    });
    box.append(button, output);
  }
  return box;
}

async function show() {
  const main = document.getElementById("operations");
  try {
    const document_ = await (await fetch("/openapi.json")).json();
    document.getElementById("title").textContent = document_.info.title + " " + document_.info.version;
    document.getElementById("about").textContent = document_.info.description;
    main.textContent = "";
    document_.tags.forEach(tag => {
      main.append(make("h2", {}, tag.name));
      Object.entries(document_.paths).forEach(([path, methods]) =>
        Object.entries(methods).forEach(([method, declared]) => {
          if (declared.tags.includes(tag.name)) main.append(operation(method, path, declared));
        }));
    });
  } catch (e) {
    main.textContent = "The document can't be read: " + e;
  }
}

document.getElementById("login").addEventListener("submit", event => event.preventDefault());
show();
