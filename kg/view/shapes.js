// Shapes: nodes, and the ground that districts cover, as few paths; thousands drawn one by one would make every step of a zoom wait.

const HOLLOW = ["Place", "Person"]; // share their shape with another class
const FAINT = 0.45; // of what is tied to nothing
const FINE = 0.12; // below this scale borders are too thin to be seen
const OUTLINE = {
  square: "M3 3H17V17H3Z",
  dot: "M10 2A8 8 0 1 1 9.99 2Z",
  triangle: "M10 2L18 17H2Z",
  triangleDown: "M10 18L2 3H18Z",
  diamond: "M10 1L19 10L10 19L1 10Z",
  hexagon: "M5.5 2.5H14.5L19 10L14.5 17.5H5.5L1 10Z",
  star: "M10 1L12.6 7.2L19.3 7.8L14.2 12.1L15.8 18.7L10 15.1L4.2 18.7L5.8 12.1L0.7 7.8L7.4 7.2Z",
};
const REACHES = 9; // the outlines reach so far from their middle at 10, 10
const outlines = Object.fromEntries(Object.entries(OUTLINE).map(([name, d]) => [name, new Path2D(d)]));

/** The sign of a class, as in the drawing. */
function sign(name) {
  const svg = shape("svg", { viewBox: "0 0 20 20", "aria-hidden": "true", class: `sign ${name}${HOLLOW.includes(name) ? " hollow" : ""}` });
  svg.append(shape("path", { d: OUTLINE[shapes[name]] }));
  return svg;
}

/** Add an item's shape to a path, `size` in the units of the drawing. */
function addShape(path, item, size) {
  if (item.members) {
    path.moveTo(item.x + size, item.y);
    return path.arc(item.x, item.y, size, 0, 2 * Math.PI);
  }
  const scale = size / REACHES;
  return path.addPath(outlines[shapes[item.type]], new DOMMatrix([scale, 0, 0, scale, item.x - 10 * scale, item.y - 10 * scale]));
}

/** Items as one path for each class, those of the first class last, on top. */
function shapesOf(items, sizeOf = (item) => item.size) {
  const found = new Map(["Scattered", "Community", ...classes.toReversed()].map((name) => [name, null]));
  for (const item of items) {
    const name = kindOf(item);
    if (!found.get(name)) found.set(name, new Path2D());
    addShape(found.get(name), item, sizeOf(item));
  }
  return [...found].filter(([, path]) => path);
}

/** The class of a thing, or what kind of community it is. */
function kindOf(item) {
  return item.type ?? (item.scattered ? "Scattered" : "Community");
}

/** How a class is painted: what fills it, and its border. */
function paintOf(name, scale) {
  if (name === "Scattered") return { fill: colour("ground"), border: colour("border"), width: 1.5 / scale };
  if (name === "Community") return { fill: colour("community"), border: colour("tie"), width: 1.5 / scale };
  if (!HOLLOW.includes(name)) return { fill: colour(name), border: colour("canvas"), width: scale > FINE ? 1.5 : 0 };
  return scale > FINE ? { fill: colour("canvas"), border: colour(name), width: 3 } : { fill: colour(name), width: 0 };
}

function drawShapes(context, drawing) {
  const scale = network.getScale();
  for (const [name, path] of drawing) {
    const { fill, border, width } = paintOf(name, scale);
    context.fillStyle = fill;
    context.fill(path);
    if (!width) continue;
    context.strokeStyle = border;
    context.lineWidth = width;
    context.stroke(path);
  }
}

/** Draw one item over the others, with a border of ink. */
function drawRaised(context, item) {
  drawShapes(context, shapesOf([item], radius));
  const path = new Path2D();
  addShape(path, item, radius(item));
  context.strokeStyle = colour("ink");
  context.lineWidth = 2.5 / network.getScale();
  context.stroke(path);
}

const MARK = 6; // pixels from the middle of a mark to its edge

/** Where the things are whose figures differ, and that are drawn: the place of each one's mark on the screen. */
function marks() {
  const seen = [...disputed()].filter((number) => stand[number] === number && (!near || standing.has(number)));
  return seen.map((number) => {
    const { x, y } = network.canvasToDOM(itemAt(number));
    const aside = radius(itemAt(number)) * network.getScale() * 0.8;
    return { x: x + aside, y: y - aside };
  });
}

/** Draw a mark at every thing whose figures differ, in pixels of the screen. */
function drawMarks(context) {
  Object.assign(context, { font: `bold 10px ${FONT}`, textAlign: "center", textBaseline: "middle", lineWidth: 1 });
  for (const { x, y } of marks()) {
    context.beginPath();
    context.arc(x, y, MARK, 0, 2 * Math.PI);
    Object.assign(context, { fillStyle: colour("mark"), strokeStyle: colour("mark-ink") });
    context.fill();
    context.stroke();
    context.fillStyle = colour("mark-ink");
    context.fillText("!", x, y + 0.5);
  }
}

/** An outline given as x, y, x, y, … as the path of a smooth closed line. */
function smooth(line) {
  const count = line.length / 2;
  const at = (i) => [line[2 * (i % count)], line[2 * (i % count) + 1]];
  const half = (i) => [(at(i)[0] + at(i + 1)[0]) / 2, (at(i)[1] + at(i + 1)[1]) / 2];
  const curves = Array.from({ length: count }, (_, i) => `Q${at(i + 1).join(" ")} ${half(i + 1).join(" ")}`);
  return `M${half(0).join(" ")}${curves.join("")}Z`;
}

const territories = data.territories.map(([district, ...lines]) => ({ district, d: lines.map(smooth).join("") }));
for (const territory of territories) territory.path = new Path2D(territory.d);

/** The grounds of all districts that are drawn themselves. */
function grounds() {
  return territories.filter(({ district }) => stand[district] === district);
}

/** Draw the ground of districts, below everything else. */
function drawGrounds(context) {
  context.fillStyle = colour("ground");
  context.strokeStyle = colour("border");
  context.lineWidth = 1.2 / network.getScale();
  for (const { path } of grounds()) {
    context.fill(path, "evenodd");
    context.stroke(path);
  }
}
