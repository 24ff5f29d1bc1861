// Labels: names beside their nodes, at one size on the screen whatever the zoom, the weightier first, none over another.

const frame = document.getElementById("network");
const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB", sans-serif';
const LINE = 10; // Chinese characters in one line of a label
const FEW_NEAR = 40; // so many that stand out may have their labels close together
const MOST = 160; // labels drawn at once
const MARGIN = { across: 14, down: 7 }; // pixels kept free around a label
const CELL = 48; // pixels of the grid in which labels look for neighbours
const byWeight = [...things].sort((a, b) => weight(b) - weight(a) || a.number - b.number);
const pen = document.createElement("canvas").getContext("2d");
let drawn = []; // the labels on the screen, for clicks: {number, left, top, right, bottom}

function isWide(character) {
  return character.codePointAt(0) > 0x2e7f;
}

/** A name in two short lines at most; the panel has it whole. */
function linesOf(name) {
  const lines = [""];
  let width = 0;
  for (const character of name) {
    const step = isWide(character) ? 2 : 1;
    if (width + step > 2 * LINE) {
      if (lines.length === 2) {
        lines[1] += "…";
        break;
      }
      lines.push("");
      width = 0;
    }
    lines[lines.length - 1] += character;
    width += step;
  }
  return lines;
}

/** What of a label does not change with the view. */
function labelOf(thing) {
  const important = thing.type === "District" && weight(thing) > 40;
  const size = Math.round(12 + Math.min(5, Math.sqrt(weight(thing)) / 3));
  const font = `${important ? "bold " : ""}${size}px ${FONT}`;
  const lines = linesOf(thing.name);
  pen.font = font;
  return { font, lines, width: Math.max(...lines.map((line) => pen.measureText(line).width)), height: (size + 2) * lines.length, size };
}

/** Where a label would stand on the screen. */
function boxOf(thing) {
  const node = data.nodes[thing.number];
  const at = network.canvasToDOM(node);
  thing.label ??= labelOf(thing);
  const top = at.y + node.size * network.getScale() + 3;
  const { width, height } = thing.label;
  const { across, down } = near && near.size <= FEW_NEAR ? { across: 2, down: 0 } : MARGIN;
  const reach = width / 2 + across;
  const inside = at.x > 0 && at.x < frame.clientWidth; // a label may lean in from the edge, not come in from outside
  const x = inside ? Math.min(Math.max(at.x, width / 2 + 2), frame.clientWidth - width / 2 - 2) : at.x;
  return { number: thing.number, left: x - reach, right: x + reach, top: top - down, bottom: top + height + down, x, y: top };
}

function* cellsOf(box) {
  for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
    for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) yield `${x},${y}`;
  }
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The labels that find place, tried in the order of `candidates`. */
function placed(candidates, width, height) {
  const grid = new Map();
  const found = [];
  for (const thing of candidates) {
    if (found.length >= MOST) break;
    const box = boxOf(thing);
    if (box.right < 0 || box.left > width || box.bottom < 0 || box.top > height) continue;
    const cells = [...cellsOf(box)];
    if (cells.some((cell) => (grid.get(cell) ?? []).some((other) => overlap(box, other)))) continue;
    for (const cell of cells) grid.set(cell, [...(grid.get(cell) ?? []), box]);
    found.push(box);
  }
  return found;
}

/** Which things may have a label: all, or with something selected that and what it is tied to. */
function candidates() {
  const visible = (thing) => !hidden.has(thing.type);
  if (!near) return byWeight.filter(visible);
  const first = selected ? [selected] : [];
  return [...first, ...byWeight.filter((thing) => near.has(thing.number) && thing !== selected)].filter(visible);
}

/** Draw the labels over the finished drawing. */
function drawLabels(context) {
  const { canvas } = context;
  const ratio = canvas.width / canvas.clientWidth;
  drawn = placed(candidates(), canvas.clientWidth, canvas.clientHeight);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineWidth: 3, lineJoin: "round", strokeStyle: colour("canvas"), fillStyle: colour("ink") });
  for (const box of drawn) {
    const { font, lines, size } = things[box.number].label;
    context.font = font;
    lines.forEach((line, i) => {
      context.strokeText(line, box.x, box.y + i * (size + 2));
      context.fillText(line, box.x, box.y + i * (size + 2));
    });
  }
  context.restore();
}

/** The thing whose label is at a point of the screen. */
function labelAt({ x, y }) {
  return drawn.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.number;
}
