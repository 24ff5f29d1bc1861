// Network: the drawing, its colours, and what stands out.

const HOLLOW = ["Place", "Person"]; // share their shape with another class
let network = null;
let standing = new Set(); // the nodes that stand out
let ties = { mine: [], others: [] }; // the lines between them

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
  const disc = { background: colour("community"), border: colour("tie") };
  const raised = { ...disc, border: colour("ink") };
  options.groups = Object.fromEntries(classes.map((name) => [name, group(name)]));
  options.groups.Community = { color: { ...disc, highlight: raised, hover: raised } };
  network = new vis.Network(frame, { nodes, edges: [] }, options);
  listen();
  if (view) network.moveTo(view);
  emphasise();
}

function listen() {
  network.on("click", ({ nodes: [number], pointer }) => press(number ?? labelAt(pointer.DOM) ?? null));
  network.on("beforeDrawing", drawBelow);
  network.on("afterDrawing", finish);
  network.on("hoverNode", ({ node, pointer }) => tip(itemAt(node), pointer.DOM));
  network.on("blurNode", () => tip(null));
  network.on("dragStart", () => tip(null));
}

function tip(item, place) {
  const element = document.getElementById("tip");
  element.hidden = !item;
  if (!item) return;
  const kind = item.members ? say("members", { n: item.members.length }) : say(`classes.${item.type}`);
  element.replaceChildren(quoted(item.members ? item.names(4) : item.name), make("small", {}, kind));
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
  if (selected && standing.has(selected.number)) network.selectNodes([selected.number], false);
  else network.unselectAll();
  network.redraw();
}

/** Over the finished drawing: a veil with all that stands out on top, then the labels. No node has to change for it. */
function finish(context) {
  if (near) {
    veil(context);
    drawLines(context, ties.others, 0.7, colour("edge"));
    drawLines(context, ties.mine, near.size <= FEW_NEAR ? 1.6 : 0.8, colour("tie"));
    for (const number of standing) drawNode(context, number);
  }
  drawLabels(context);
  if (drawn.length && !performance.getEntriesByName("picture").length) performance.mark("picture");
}

/** Draw a node over the veil, large enough to be seen. */
function drawNode(context, number) {
  const { x, y, size } = itemAt(number);
  const scale = radius(itemAt(number)) / size;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.translate(-x, -y);
  network.body.nodes[number]?.draw(context);
  context.restore();
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

/** Below the nodes: where opened communities lie, and the edges. */
function drawBelow(context) {
  for (const index of opened) {
    const { x, y, size } = communities[index];
    context.beginPath();
    context.arc(x, y, size + 30, 0, 2 * Math.PI);
    context.fillStyle = colour("community");
    context.fill();
  }
  drawLines(context, lines, 0.8, colour("edge"));
}

/** Move so that what stands out, or else everything, fills the view. */
function fly(animated = true) {
  network.setSize("100%", "100%"); // the panel may just have taken room
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = animated && !calm ? { duration: 450, easingFunction: "easeInOutQuad" } : false;
  const community = communities[focus.community];
  const wanted = near ? [...standing] : community ? community.members.map((thing) => thing.number) : nodes.getIds();
  network.moveTo({ ...viewOf(wanted), animation });
}

/** The middle of some nodes, and the scale at which they fit with room for their labels. */
function viewOf(numbers) {
  const seen = numbers.map(itemAt);
  if (!seen.length) return {};
  const around = (item) => (item.members ? item.size : 0);
  const [left, right] = rangeOf(seen.flatMap((item) => [item.x - around(item), item.x + around(item)]));
  const [top, bottom] = rangeOf(seen.flatMap((item) => [item.y - around(item), item.y + around(item)]));
  const across = (frame.clientWidth - 110 - CORNER.width) / (right - left + 60);
  const down = (frame.clientHeight - 70) / (bottom - top + 60);
  const scale = Math.max(Math.min(across, down, 1.3), 0.01);
  return { position: { x: (left + right) / 2 + CORNER.width / 2 / scale, y: (top + bottom) / 2 }, scale };
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
