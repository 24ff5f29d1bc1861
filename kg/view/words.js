"use strict";
// Words: everything the page says, in the reader's language, and figures and periods put into words.

const data = JSON.parse(document.getElementById("data").textContent);
let language = "zh"; // the texts are Chinese, so are most who read them

/** The phrase called `name` ("bound.>" reaches into a table), with {slots} filled; the last name itself where there is none. */
function say(name, slots = {}) {
  const [table, ...rest] = name.split(".");
  const found = data.words[language][table];
  const phrase = rest.length ? found[rest.join(".")] ?? rest.join(".") : found;
  return phrase.replace(/\{(\w+)\}/g, (_, slot) => slots[slot]);
}

/** Put the words of the current language wherever the template asks for them. */
function speak() {
  document.documentElement.lang = say("lang");
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) {
    element.setAttribute("aria-label", say(element.dataset.hint));
    element.title = say(element.dataset.hint);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
}

/** An element; children that are strings become text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function button(attributes, ...children) {
  return make("button", { type: "button", ...attributes }, ...children);
}

/** Let a button show and hide what it tells of; `fill` is called before it is shown. */
function disclose(opener, box, fill = () => {}) {
  opener.setAttribute("aria-expanded", String(!box.hidden));
  opener.addEventListener("click", () => {
    fill();
    box.hidden = !box.hidden;
    opener.setAttribute("aria-expanded", String(!box.hidden));
  });
  return [opener, box];
}

/** An element of a drawing. */
function shape(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Give the reader a file. */
function saveFile(file, name) {
  const link = make("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Text out of a document, kept from turning the writing direction of what stands around it. */
function quoted(text) {
  return make("bdi", {}, text);
}

function inList(names) {
  return names.join("、");
}

/** A figure's value in words: 超 500 亿元, 五城区第 1 位. */
function valueInWords(figure) {
  if (figure.measure === "rank") return say(figure.scope ? "rankOf" : "rank", { n: figure.value, scope: figure.scope });
  const signed = ["growth", "change"].includes(figure.measure) && figure.bound === "=" && Number(figure.value) > 0;
  const sign = signed ? "+" : "";
  const unit = figure.unit ?? "";
  return say(`bound.${figure.bound}`, { v: sign + figure.value + (/^[%‰]/.test(unit) ? "" : " ") + unit });
}

/** ISO 8601 in words: 2024-01/2024-07 is 2024年1—7月. */
function periodInWords(iso) {
  if (!iso) return "";
  const [begin, end] = iso.split("/");
  if (!end || end === begin) return dateInWords(begin);
  const [y, m, d] = begin.split("-").map(Number);
  const [z, n, e] = end.split("-").map(Number);
  if (!m && !n) return say("periods.years", { y, z });
  if (y !== z || d || e || !m || !n) return say("periods.range", { a: dateInWords(begin), b: dateInWords(end) });
  const named = { "1-6": "half1", "7-12": "half2", "1-9": "threeQuarters", "1-12": "year" }[`${m}-${n}`];
  if (named) return say(`periods.${named}`, { y });
  if (n - m === 2 && m % 3 === 1) return say("periods.quarter", { y, q: (m + 2) / 3 });
  return say("periods.months", { y, first: m, m: monthInWords(m), n: monthInWords(n) });
}

function dateInWords(iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return say(d ? "periods.day" : m ? "periods.month" : "periods.year", { y, m: monthInWords(m), d });
}

function monthInWords(month) {
  return say(`monthNames.${month}`);
}
