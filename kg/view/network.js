// Network: the drawing, its colours, what is hidden and what stands out.

const HOLLOW = ["Place", "Person"]; // share their shape with another class
const nodes = new vis.DataSet(data.nodes);
const hidden = new Set();
const shown = new vis.DataView(nodes, { filter: (node) => !hidden.has(node.group) });
let network = null;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A class's colours, out of the style sheet, so that light and dark have one home. */
function group(name) {
  const [full, paper] = [colour(name), colour("canvas")];
  const background = HOLLOW.includes(name) ? paper : full;
  const raised = { background, border: colour("ink") };
  return { color: { background, border: full, highlight: raised, hover: raised } };
}

/** Draw everything; again when the colours change. */
function draw() {
  const view = network && { scale: network.getScale(), position: network.getViewPosition() };
  network?.destroy();
  const options = structuredClone(data.options);
  options.groups = Object.fromEntries(classes.map((name) => [name, group(name)]));
  network = new vis.Network(frame, { nodes: shown, edges: [] }, options);
  listen();
  if (view) network.moveTo(view);
  else fly(false);
  emphasise();
}

function listen() {
  network.on("click", ({ nodes: [number], pointer }) => choose(number ?? labelAt(pointer.DOM) ?? null));
  network.on("beforeDrawing", drawEdges);
  network.on("afterDrawing", finish);
  network.on("hoverNode", ({ node, pointer }) => tip(things[node], pointer.DOM));
  network.on("blurNode", () => tip(null));
  network.on("dragStart", () => tip(null));
}

function tip(thing, place) {
  const element = document.getElementById("tip");
  element.hidden = !thing;
  if (!thing) return;
  element.replaceChildren(quoted(thing.name), make("small", {}, say(`classes.${thing.type}`)));
  element.style.left = `${place.x}px`;
  element.style.top = `${place.y + frame.offsetTop}px`;
}

/** Let what is selected and what it is tied to stand out, the rest step back. */
function emphasise() {
  if (selected && !hidden.has(selected.type)) network.selectNodes([selected.number], false);
  else network.unselectAll();
  network.redraw();
}

/** Over the finished drawing: a veil with all that stands out on top, then the labels. No node has to change for it. */
function finish(context) {
  if (near) {
    veil(context);
    const visible = [...near].filter((number) => !hidden.has(things[number].type));
    if (selected) drawTies(context, visible);
    for (const number of visible) network.body.nodes[number].draw(context);
  }
  drawLabels(context);
}

function veil(context) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.85;
  context.fillStyle = colour("canvas");
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

/** Lines between the things that stand out, those of the selected one strongest. */
function drawTies(context, visible) {
  const among = new Set(visible);
  const mine = ({ from, to }) => from === selected.number || to === selected.number;
  const ties = data.edges.filter(({ from, to }) => among.has(from) && among.has(to));
  drawLines(context, ties.filter((edge) => !mine(edge)), 0.7, colour("edge"));
  drawLines(context, ties.filter(mine), near.size <= FEW_NEAR ? 1.6 : 0.8, colour("tie"));
}

/** All lines in one stroke: thousands of edges, each drawn by itself, would make every step of a zoom wait. */
function drawLines(context, lines, width, stroke) {
  context.beginPath();
  for (const { from, to } of lines) {
    context.moveTo(data.nodes[from].x, data.nodes[from].y);
    context.lineTo(data.nodes[to].x, data.nodes[to].y);
  }
  context.lineWidth = width / network.getScale();
  context.strokeStyle = stroke;
  context.stroke();
}

function drawEdges(context) {
  const visible = (number) => !hidden.has(things[number].type);
  drawLines(context, data.edges.filter(({ from, to }) => visible(from) && visible(to)), 0.8, colour("edge"));
}

/** Move so that everything that stands out, or else everything, fills the view. */
function fly(animated = true) {
  if (selected && hidden.has(selected.type)) toggle(selected.type);
  network.setSize("100%", "100%"); // the panel may just have taken room
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = animated && !calm ? { duration: 450, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ ...viewOf([...(near ?? byKey.values())]), animation });
}

/** The middle of some things, and the scale at which they fit with room for their labels. */
function viewOf(numbers) {
  const seen = numbers.filter((number) => !hidden.has(things[number].type)).map((number) => data.nodes[number]);
  if (!seen.length) return {};
  const [left, right] = rangeOf(seen.map((node) => node.x));
  const [top, bottom] = rangeOf(seen.map((node) => node.y));
  const across = (frame.clientWidth - 110) / (right - left + 60);
  const down = (frame.clientHeight - 70) / (bottom - top + 60);
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(Math.min(across, down, 1.3), 0.01) };
}

function rangeOf(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** Save what is seen as a picture. */
function savePicture() {
  const drawing = frame.querySelector("canvas");
  const copy = make("canvas", { width: drawing.width, height: drawing.height });
  const context = copy.getContext("2d");
  context.fillStyle = colour("canvas");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawing, 0, 0);
  copy.toBlob((file) => saveFile(file, "graph.png"));
}

/** Hide or show a class. */
function toggle(name) {
  if (!hidden.delete(name)) hidden.add(name);
  shown.refresh();
  legend();
}

const OUTLINE = {
  square: "M3 3H17V17H3Z",
  dot: "M10 2A8 8 0 1 1 9.99 2Z",
  triangle: "M10 2L18 17H2Z",
  triangleDown: "M10 18L2 3H18Z",
  diamond: "M10 1L19 10L10 19L1 10Z",
  hexagon: "M5.5 2.5H14.5L19 10L14.5 17.5H5.5L1 10Z",
  star: "M10 1L12.6 7.2L19.3 7.8L14.2 12.1L15.8 18.7L10 15.1L4.2 18.7L5.8 12.1L0.7 7.8L7.4 7.2Z",
};

/** The sign of a class, as in the drawing. */
function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `sign ${name}${HOLLOW.includes(name) ? " hollow" : ""}`);
  path.setAttribute("d", OUTLINE[shapes[name]]);
  svg.append(path);
  return svg;
}

function legend() {
  const entries = classes.map((name) => {
    const count = things.filter((thing) => thing.type === name).length;
    if (!count) return null;
    const attributes = { "aria-pressed": String(!hidden.has(name)), "data-class": name, onclick: () => toggle(name) };
    return button(attributes, sign(name), make("span", {}, say(`classes.${name}`)), make("small", {}, String(count)));
  });
  const focused = document.activeElement?.dataset?.class;
  const element = document.getElementById("legend");
  element.replaceChildren(...entries.filter(Boolean));
  if (focused) element.querySelector(`[data-class="${focused}"]`)?.focus();
}
