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

function shape(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
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
  svg.append(vectorLines(edgesBetween(near)), ...seen.map(vectorNode), ...drawn.flatMap(vectorLabel));
  return svg;
}

function vectorLines(edges) {
  const place = (number) => {
    const { x, y } = network.canvasToDOM(itemAt(number));
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const d = edges.map(([a, b]) => `M${place(a)}L${place(b)}`).join("");
  return shape("path", { d, stroke: colour("tie"), "stroke-width": 0.7, fill: "none" });
}

function vectorNode(item) {
  const { x, y } = network.canvasToDOM(item);
  const radius = item.size * network.getScale();
  const full = item.members ? colour("community") : colour(item.type);
  const fill = HOLLOW.includes(item.type) ? colour("canvas") : full;
  const d = OUTLINE[shapes[item.type] ?? "dot"];
  const scale = radius / 9; // the outlines reach nine from their middle
  return shape("path", { d, fill, stroke: full, "stroke-width": 1, transform: `translate(${x} ${y}) scale(${scale}) translate(-10 -10)` });
}

function vectorLabel(box) {
  const { font, parts, size } = itemAt(box.number).label;
  const weight = font.startsWith("bold") ? "bold" : "normal";
  const type = { "font-family": FONT, "font-size": size, "font-weight": weight, "text-anchor": "middle" };
  const style = { ...type, fill: colour("ink"), stroke: colour("canvas"), "stroke-width": 3, "paint-order": "stroke" };
  return parts.map((part, i) => shape("text", { x: box.x, y: box.y + size + i * (size + 2), ...style }, part));
}
