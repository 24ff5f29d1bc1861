// Keys: the drawing by keyboard. Arrows go from node to node, Enter chooses; what is reached is told to screen readers.

const CANVAS = { role: "application", "data-label": "networkHelp", "aria-describedby": "keys" };
const TOWARDS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const SHIFT = 80; // pixels that the view moves at once
const SHORTCUTS = {
  Home: () => visit(reachable()[0]),
  PageDown: () => visit(following(1)),
  PageUp: () => visit(following(-1)),
  Enter: () => cursor !== null && enter(),
  " ": () => cursor !== null && enter(),
  "+": () => zoom(1.4),
  "=": () => zoom(1.4),
  "-": () => zoom(1 / 1.4),
  0: () => showAll(),
};
let cursor = null; // the number of the node that the keys have come to

/** Say something to those who listen to the page. */
function tell(text) {
  document.getElementById("told").textContent = text;
}

/** The nodes to go to, the weightiest first: all, or those that stand out. */
function reachable() {
  return near ? candidates() : labelled;
}

/** The node that comes so many after the cursor's in the order of weight. */
function following(step) {
  const all = reachable();
  const at = all.findIndex((item) => item.number === cursor);
  return all[(at + step + all.length) % all.length];
}

/** The nearest node in a direction: what lies aside is farther than what lies ahead. */
function nodeTowards([right, down]) {
  const from = itemAt(cursor);
  const farness = (item) => {
    const [x, y] = [item.x - from.x, item.y - from.y];
    const [ahead, aside] = [x * right + y * down, Math.abs(x * down - y * right)];
    return ahead > 0 && aside <= 1.5 * ahead ? ahead + 2 * aside : Infinity;
  };
  const far = new Map(reachable().map((item) => [item, farness(item)]));
  const [nearest, least] = [...far].reduce((best, each) => (each[1] < best[1] ? each : best), [null, Infinity]);
  return least < Infinity ? nearest : null;
}

/** Bring the cursor to a node, into view, and tell what it is. */
function visit(item) {
  if (!item) return;
  cursor = item.number;
  const at = network.canvasToDOM(item);
  if (at.x < 40 || at.y < 40 || at.x > frame.clientWidth - 40 || at.y > frame.clientHeight - 40) {
    move({ position: { x: item.x, y: item.y }, animation: false });
  }
  tip(item, network.canvasToDOM(item));
  tell(item.members ? say("communityTold", { names: inList(item.names(3)), n: item.shown.length }) : thingTold(item));
  network.redraw();
}

function thingTold({ name, number, type, out, into, figures }) {
  const told = say("thingTold", { name, kind: say(`classes.${type}`), relations: countRelations([...out, ...into]), figures: figures.length });
  return disputed().has(number) ? `${told} · ${say("disputed")}` : told;
}

/** Choose the node at the cursor; where that opens a community, go to its weightiest member. */
function enter() {
  const { members } = itemAt(cursor);
  press(cursor);
  tip(null);
  if (members) visit(members.find(({ number }) => isDrawn(number)));
}

function onNetworkKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const towards = TOWARDS[event.key];
  if (towards && event.shiftKey) {
    const { x, y } = network.getViewPosition();
    const step = SHIFT / network.getScale();
    move({ position: { x: x + towards[0] * step, y: y + towards[1] * step } });
  } else if (towards) {
    if (!isDrawn(cursor)) cursor = null;
    visit(cursor === null ? selected && isDrawn(selected.number) ? selected : reachable()[0] : nodeTowards(towards));
  } else if (Object.hasOwn(SHORTCUTS, event.key)) SHORTCUTS[event.key]();
  else return;
  event.preventDefault();
}

/** What only those see who use the keys goes with them. */
function leaveNetwork() {
  cursor = null;
  tip(null);
  network.redraw();
}

frame.addEventListener("keydown", onNetworkKey);
frame.addEventListener("focusout", leaveNetwork);
