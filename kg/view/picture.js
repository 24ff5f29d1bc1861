// Picture: what is seen of the network, as PNG or SVG.

function savePng() {
  const drawing = frame.querySelector("canvas");
  const copy = make("canvas", { width: drawing.width, height: drawing.height });
  const context = copy.getContext("2d");
  context.fillStyle = colour("canvas");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawing, 0, 0);
  copy.toBlob((file) => saveFile(file, "graph.png"));
}

function saveSvg() {
  const text = new XMLSerializer().serializeToString(vectors());
  saveFile(new Blob([text], { type: "image/svg+xml" }), "graph.svg");
}

/** The drawing as SVG, in pixels of the screen. */
function vectors() {
  const [width, height] = [frame.clientWidth, frame.clientHeight];
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  svg.append(shape("rect", { width, height, fill: colour("canvas") }));
  const seen = (near ? [...standing] : nodes.getIds()).map(itemAt);
  const ground = near ? [] : grounds().map(vectorGround);
  svg.append(...ground, vectorLines(edgesBetween(near)), ...seen.map(vectorNode), ...drawn.flatMap(vectorLabel), ...marks().flatMap(vectorMark));
  return svg;
}

function vectorGround({ d }) {
  const { x, y } = network.canvasToDOM({ x: 0, y: 0 });
  const scale = network.getScale();
  const style = { fill: colour("ground"), "fill-rule": "evenodd", stroke: colour("border"), "stroke-width": 1.2 / scale };
  return shape("path", { d, ...style, transform: `translate(${x} ${y}) scale(${scale})` });
}

function vectorLines(edges) {
  const place = (number) => {
    const { x, y } = network.canvasToDOM(itemAt(number));
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const d = edges.map(([a, b]) => `M${place(a)}L${place(b)}`).join("");
  return shape("path", { d, stroke: colour(near ? "tie" : "edge"), "stroke-width": 0.7, fill: "none" });
}

function vectorNode(item) {
  const { x, y } = network.canvasToDOM(item);
  const reach = radius(item) * network.getScale();
  const name = kindOf(item);
  const { fill, border, width } = paintOf(name, network.getScale());
  const paint = { fill, stroke: border ?? "none", ...(!near && isLone(item) ? { opacity: FAINT } : {}) };
  if (item.members) return shape("circle", { cx: x, cy: y, r: reach, ...paint, "stroke-width": 1.5 });
  const scale = reach / REACHES;
  const place = `translate(${x} ${y}) scale(${scale}) translate(-10 -10)`;
  return shape("path", { d: OUTLINE[shapes[name]], ...paint, "stroke-width": (width * REACHES) / item.size, transform: place });
}

function vectorMark({ x, y }) {
  const type = { "font-family": FONT, "font-size": 10, "font-weight": "bold", "text-anchor": "middle", fill: colour("mark-ink") };
  return [shape("circle", { cx: x, cy: y, r: MARK, fill: colour("mark"), stroke: colour("mark-ink") }), shape("text", { x, y: y + 4, ...type }, "!")];
}

function vectorLabel(box) {
  const { font, parts, size } = itemAt(box.number).label;
  const weight = font.startsWith("bold") ? "bold" : "normal";
  const type = { "font-family": FONT, "font-size": size, "font-weight": weight, "text-anchor": "middle" };
  const style = { ...type, fill: inkOf(itemAt(box.number)), stroke: colour("canvas"), "stroke-width": 3, "paint-order": "stroke" };
  return parts.map((part, i) => shape("text", { x: box.x, y: box.y + size + i * (size + 2), ...style }, part));
}
