// Network: the drawing, its colours, and what stands out.

const palette = new Map(); // colours by name, as the style sheet has them now
let network = null;
let drawing = [[], []]; // the shapes of all nodes, those that are tied to nothing apart
let standing = new Set(); // the nodes that stand out
let raised = []; // their shapes
let ties = { mine: [], others: [] }; // the lines between them
let pointed = null; // the node under the mouse
let fitted = null; // the nodes that fill the view until somebody moves it, and the size of the frame they were fitted into

/** A colour out of the style sheet, so that light and dark have one home. */
function colour(name) {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return palette.get(name);
}

/** Set the drawing up. vis keeps view and pointer; nodes are drawn by `drawBelow`, all at once. */
function draw() {
  const room = ({ id }) => ({ nodeDimensions: { width: 2 * itemAt(id).size, height: 2 * itemAt(id).size } });
  const options = structuredClone(data.options);
  Object.assign(options.nodes, { shape: "custom", ctxRenderer: room });
  network = new vis.Network(frame, { nodes, edges: [] }, options);
  const canvas = frame.firstElementChild;
  for (const [name, value] of Object.entries(CANVAS)) canvas.setAttribute(name, value);
  listen();
}

/** Other colours from now on. */
function recolour() {
  palette.clear();
  network.redraw();
}

function listen() {
  network.on("click", ({ nodes: [number], pointer }) => press(number ?? enlargedAt(pointer.DOM) ?? labelAt(pointer.DOM) ?? null));
  network.on("beforeDrawing", drawBelow);
  network.on("afterDrawing", finish);
  network.on("hoverNode", ({ node, pointer }) => point(node, pointer.DOM));
  network.on("blurNode", () => point(null));
  network.on("dragStart", () => point(null));
  network.on("dragStart", release);
  network.on("zoom", release);
  new ResizeObserver(refit).observe(frame); // after vis' own, which keeps neither edge where it was
}

function point(number, place) {
  pointed = number;
  tip(number === null ? null : itemAt(number), place);
  network.redraw();
}

function tip(item, place) {
  const element = document.getElementById("tip");
  element.hidden = !item;
  if (!item) return;
  const kind = item.members ? say("members", { n: item.shown.length }) : say(`classes.${item.type}`);
  const differs = disputed().has(item.number) ? make("span", { class: "badge disputed" }, say("disputed")) : "";
  element.replaceChildren(quoted(item.members ? inList(item.names(4)) : item.name), make("small", {}, kind), differs);
  element.style.left = `${place.x}px`;
  element.style.top = `${place.y + frame.offsetTop}px`;
}

/** Let what is selected and what it is tied to stand out, the rest step back. */
function emphasise() {
  standing = new Set([...(near ?? [])].map((number) => stand[number]));
  standing.delete(-1);
  const edges = near ? edgesBetween(near) : [];
  const mine = ([a, b]) => focus.target !== null || (selected && (a === selected.number || b === selected.number));
  ties = { mine: linesOf(edges.filter(mine)), others: linesOf(edges.filter((edge) => !mine(edge))) };
  raised = standing.size > FEW_NEAR ? shapesOf([...standing].map(itemAt)) : [];
  network.redraw();
}

/** Over the finished drawing: a veil with all that stands out on top, then the labels. */
function finish(context) {
  if (near) {
    veil(context);
    drawLines(context, ties.others, 0.7, colour("edge"));
    drawLines(context, ties.mine, near.size <= FEW_NEAR ? 1.6 : 0.8, colour("tie"));
    drawShapes(context, raised.length ? raised : shapesOf([...standing].map(itemAt), radius)); // few are drawn larger the smaller the scale
  }
  for (const number of new Set([pointed, selected?.number, cursor])) if (isDrawn(number)) drawRaised(context, itemAt(number));
  drawLabels(context);
  if (drawn.length && !performance.getEntriesByName("picture").length) performance.mark("picture");
}

/** Whether a thing or community has a node of its own now. */
function isDrawn(number) {
  return number !== null && number !== undefined && nodes.get(number) !== null;
}

function veil(context) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.85;
  context.fillStyle = colour("canvas");
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

function drawLines(context, drawing, width, stroke) {
  context.strokeStyle = stroke;
  for (const line of drawing) {
    context.lineWidth = (width * line.width) / network.getScale();
    context.stroke(line.path);
  }
}

/** The ground of districts and opened communities, the edges, the nodes. */
function drawBelow(context) {
  drawGrounds(context);
  for (const index of opened) {
    const { x, y, size } = communities[index];
    context.beginPath();
    context.arc(x, y, size + 30, 0, 2 * Math.PI);
    context.fillStyle = colour("community");
    context.fill();
  }
  drawLines(context, lines, 0.8, colour("edge"));
  const [all, apart] = areFew() ? layers.map((items) => shapesOf(items.toReversed(), radius)) : drawing; // the smaller the scale, the larger the few
  context.globalAlpha = FAINT;
  drawShapes(context, apart);
  context.globalAlpha = 1;
  drawShapes(context, all);
}

/** Move so that what stands out, or else everything, fills the view. */
function fly(animated = true) {
  network.setSize("100%", "100%"); // the panel may just have taken room
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = animated && !calm ? { duration: 450, easingFunction: "easeInOutQuad" } : false;
  const community = communities[focus.community];
  const wanted = near ? [...standing] : community ? community.shown.map((thing) => thing.number) : nodes.getIds();
  hold(wanted, animation);
}

/** Let some nodes fill the view, and do so in a window of another size. */
function hold(numbers, animation = false) {
  fitted = { numbers, width: frame.clientWidth, height: frame.clientHeight };
  network.moveTo({ ...viewOf(numbers), animation });
}

/** Move the view as somebody wants it. */
function move(options) {
  release();
  network.moveTo(options);
}

function release() {
  fitted = null;
}

function refit() {
  const { clientWidth: width, clientHeight: height } = frame;
  if (fitted && width && (fitted.width !== width || fitted.height !== height)) hold(fitted.numbers);
}

/** The middle of some nodes, and the scale at which they fit with room for their labels. */
function viewOf(numbers) {
  const seen = numbers.map(itemAt);
  if (!seen.length) return {};
  const around = (item) => (item.members ? item.size : 0);
  const [left, right] = rangeOf(seen.flatMap((item) => [item.x - around(item), item.x + around(item)]));
  const [top, bottom] = rangeOf(seen.flatMap((item) => [item.y - around(item), item.y + around(item)]));
  const { offsetWidth: width, offsetHeight: height } = document.querySelector(".zoom");
  const [aside, below] = width < height ? [width + 12, 0] : [0, height]; // room for the buttons
  const across = (frame.clientWidth - 100 - aside) / (right - left + 60);
  const down = (frame.clientHeight - 60 - below) / (bottom - top + 60);
  const scale = Math.max(Math.min(across, down, 1.3), 0.01);
  return { position: { x: (left + right) / 2 + aside / 2 / scale, y: (top + bottom) / 2 + below / 2 / scale }, scale };
}

function rangeOf(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** Hide or show a class. */
function toggle(name) {
  if (!hidden.delete(name)) hidden.add(name);
  keep();
  arrange();
  emphasise();
  legend();
}

function legend() {
  const counts = new Map();
  for (const { type } of things) counts.set(type, (counts.get(type) ?? 0) + 1);
  const entries = classes.map((name) => {
    const count = counts.get(name);
    if (!count) return null;
    const attributes = { "aria-pressed": String(!hidden.has(name)), "data-class": name, onclick: () => toggle(name) };
    return button(attributes, sign(name), make("span", {}, say(`classes.${name}`)), make("small", {}, String(count)));
  });
  const focused = document.activeElement?.dataset?.class;
  const element = document.getElementById("legend");
  element.replaceChildren(...entries.filter(Boolean));
  if (focused) element.querySelector(`[data-class="${focused}"]`)?.focus();
}
