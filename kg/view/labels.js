// Labels: names beside their nodes, at one size on the screen whatever the zoom, the weightier first, none over another.

const frame = document.getElementById("network");
const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB", sans-serif';
const LINE = 10; // Chinese characters in one line of a label
const SHORT = 7; // and in that of a community
const FEW_NEAR = 40; // so many that stand out may have their labels close together
const FEW_DRAWN = 100; // and so many nodes are drawn no smaller than those that stand out
const MOST = 160; // labels drawn at once
const MOST_TRIED = 700; // labels on the screen that look for a place at once
const MARGIN = { across: 14, down: 7 }; // pixels kept free around a label
const CLOSE = 0.9; // from this scale on, what is tied to nothing has a label, too
const LEAST = 6; // pixels of a node that stands out
const CELL = 48; // pixels of the grid in which labels look for neighbours
const byWeight = [...things, ...communities].sort((a, b) => b.weight - a.weight || a.number - b.number);
const pen = document.createElement("canvas").getContext("2d");
let labelled = []; // all that have a node, the weightier first
let layers = [[], []]; // the same: what is tied to others, and what is not
let drawn = []; // the labels on the screen, for clicks: {number, left, top, right, bottom}

function isWide(character) {
  return character.codePointAt(0) > 0x2e7f;
}

/** How wide a text is, in halves of a Chinese character. */
function widthOf(text) {
  return Array.from(text, (character) => (isWide(character) ? 2 : 1)).reduce((sum, step) => sum + step, 0);
}

/** A name in short lines of like length, two at most; the panel has it whole. */
function broken(name, most = 2, longest = LINE) {
  const lines = Math.min(most, Math.ceil(widthOf(name) / (2 * longest)));
  const length = Math.min(longest, Math.ceil(widthOf(name) / (2 * lines)));
  const parts = [""];
  let width = 0;
  for (const character of name) {
    const step = isWide(character) ? 2 : 1;
    if (width + step > 2 * length) {
      if (parts.length === most) {
        parts[most - 1] += "…";
        break;
      }
      parts.push("");
      width = 0;
    }
    parts[parts.length - 1] += character;
    width += step;
  }
  return parts;
}

/** The lines of a label; a community is called by its most important members, in lines of so many characters that they fit in. */
function partsOf(item, room) {
  if (!item.members) return broken(item.name);
  const [first, ...others] = item.names(2);
  if (room < 4) return broken(first, 2, room);
  const names = room < SHORT ? broken(first, 2, room) : [first, ...others].flatMap((name) => broken(name, 1, SHORT));
  return [...names, say("members", { n: item.shown.length })];
}

/** How many characters fit in a line across a community; 0 for a thing. */
function roomIn(item, scale) {
  return item.members ? Math.min(Math.max(Math.floor((item.size * scale) / 6.5), 3), SHORT) : 0;
}

/** What of a label does not change with the view, but for the room there is. */
function labelOf(item, room) {
  const important = item.members || (item.type === "District" && item.weight > 40);
  const size = item.members ? (room < SHORT ? 11 : 13) : Math.round(12 + Math.min(5, Math.sqrt(item.weight) / 3));
  const font = `${important ? "bold " : ""}${size}px ${FONT}`;
  const parts = partsOf(item, room);
  pen.font = font;
  return { font, parts, room, width: Math.max(...parts.map((part) => pen.measureText(part).width)), height: (size + 2) * parts.length, size };
}

/** Whether the nodes are so few that all of them can be drawn large. */
function areFew() {
  return labelled.length <= FEW_DRAWN;
}

function fewStandOut() {
  return near !== null && near.size <= FEW_NEAR;
}

/** How large a node is drawn: the few that stand out, or that are there at all, can always be seen. */
function radius(item) {
  return fewStandOut() || areFew() ? Math.max(item.size, LEAST / network.getScale()) : item.size;
}

/** Where a label could stand on the screen, the best place first, given the scale and the place of the screen's corner. */
function boxesOf(item, { scale, left, top }) {
  const x = (item.x - left) * scale;
  const y = (item.y - top) * scale;
  if (x < -120 || x > frame.clientWidth + 120 || y < -120 - item.size * scale || y > frame.clientHeight + 40) return [];
  const room = roomIn(item, scale);
  if (item.label?.room !== room) item.label = labelOf(item, room);
  const { width, height } = item.label;
  const away = radius(item) * scale + 3;
  const begins = item.members ? [y - height / 2] : fewStandOut() ? [y + away, y - away - height] : [y + away];
  const { across, down } = item.members || fewStandOut() ? { across: 2, down: 0 } : MARGIN;
  const reach = width / 2 + across;
  const inside = x > 0 && x < frame.clientWidth; // a label may lean in from the edge, not come in from outside
  const middle = inside ? Math.min(Math.max(x, width / 2 + 2), frame.clientWidth - width / 2 - 2) : x;
  const edges = { number: item.number, left: middle - reach, right: middle + reach, x: middle };
  return begins.map((begin) => ({ ...edges, top: begin - down, bottom: begin + height + down, y: begin }));
}

function* cellsOf(box) {
  for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
    for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) yield `${x},${y}`;
  }
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The square that a node takes on the screen. */
function nodeBox(item) {
  const { x, y } = network.canvasToDOM(item);
  const reach = radius(item) * network.getScale();
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

/** The labels that find place, tried in the order of `candidates`. */
function placed(candidates, width, height) {
  const view = { scale: network.getScale(), left: network.DOMtoCanvas({ x: 0, y: 0 }).x, top: network.DOMtoCanvas({ x: 0, y: 0 }).y };
  const grid = new Map();
  const occupy = (box) => {
    for (const cell of cellsOf(box)) grid.set(cell, [...(grid.get(cell) ?? []), box]);
  };
  const found = [];
  let tried = 0;
  const onScreen = (box) => box.right >= 0 && box.left <= width && box.bottom >= 0 && box.top <= height;
  const isFree = (box) => ![...cellsOf(box)].some((cell) => (grid.get(cell) ?? []).some((other) => overlap(box, other)));
  const corner = document.querySelector(".zoom"); // no label under its buttons
  occupy({ left: width - corner.offsetWidth - 24, right: width, top: height - corner.offsetHeight - 16, bottom: height });
  if (selected && fewStandOut() && isDrawn(selected.number)) occupy(nodeBox(selected));
  for (const item of candidates) {
    if (found.length >= MOST || tried >= MOST_TRIED) break;
    const boxes = boxesOf(item, view).filter(onScreen);
    if (!boxes.length) continue;
    tried += 1;
    const box = boxes.find(isFree);
    if (!box) continue;
    occupy(box);
    found.push(box);
  }
  return found;
}

/** Which nodes may have a label: all, or with something selected that and what it is tied to. */
function candidates() {
  if (!near) return network.getScale() < CLOSE ? labelled.filter((item) => item.members || !isLone(item)) : labelled;
  const first = selected && stand[selected.number] === selected.number ? [selected] : [];
  return [...first, ...labelled.filter((item) => standing.has(item.number) && item !== selected)];
}

/** Draw the labels and marks over the finished drawing. */
function drawLabels(context) {
  const { canvas } = context;
  const ratio = canvas.width / canvas.clientWidth;
  drawn = placed(candidates(), canvas.clientWidth, canvas.clientHeight);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineWidth: 3, lineJoin: "round", strokeStyle: colour("canvas"), fillStyle: colour("ink") });
  for (const box of drawn) {
    const { font, parts, size } = itemAt(box.number).label;
    context.font = font;
    context.fillStyle = inkOf(itemAt(box.number));
    parts.forEach((part, i) => {
      context.strokeText(part, box.x, box.y + i * (size + 2));
      context.fillText(part, box.x, box.y + i * (size + 2));
    });
  }
  drawMarks(context);
  drawApart(context);
  context.restore();
}

/** The colour of a label. */
function inkOf(item) {
  return colour(!near && isLone(item) ? "soft" : "ink");
}

/** How many things are tied to nothing, and where above them on the screen that is said; null where it is not. */
function apartBox() {
  const apart = layers[1].filter((item) => !item.members);
  if (near || communities.length || !apart.length) return null;
  const [left, top] = [rangeOf(apart.map(({ x }) => x))[0], rangeOf(apart.map(({ y }) => y))[0]];
  const { x, y } = network.canvasToDOM({ x: left, y: top });
  const words = say("apart", { n: apart.length });
  pen.font = `12px ${FONT}`;
  return { words, left: x - 6, right: x - 6 + pen.measureText(words).width, top: y - 28, bottom: y - 12 };
}

function drawApart(context) {
  const box = apartBox();
  if (!box || drawn.some((label) => overlap(label, box))) return; // names count for more, and the overview says it, too
  Object.assign(context, { font: `12px ${FONT}`, textAlign: "left", textBaseline: "bottom", lineWidth: 3, strokeStyle: colour("canvas"), fillStyle: colour("soft") });
  context.strokeText(box.words, box.left, box.bottom);
  context.fillText(box.words, box.left, box.bottom);
}

/** The node at a point of the screen that is drawn larger than vis knows. */
function enlargedAt({ x, y }) {
  if (!fewStandOut() && !areFew()) return undefined;
  const reaches = (item) => {
    const at = network.canvasToDOM(item);
    return Math.hypot(at.x - x, at.y - y) <= radius(item) * network.getScale();
  };
  return candidates().find(reaches)?.number;
}

/** The node whose label is at a point of the screen. */
function labelAt({ x, y }) {
  return drawn.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.number;
}
