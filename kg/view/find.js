// Find: things, texts and indicators by the beginning or middle of a name, by alias, or by pinyin.

const HAN = /[\u3400-\u9fff]/;
const LATIN = /^[a-z]+$/;
const readings = once(() => new Map(Object.entries(data.pinyin).map(([character, all]) => [character, all.split(" ")])));

function literalInWords({ p, text }) {
  return p === "projectStatus" ? say(`states.${text}`) : text;
}

/** Whether letters are the pinyin of the characters from `at` on: whole syllables or initials, the last syllable perhaps unfinished. */
function reads(letters, characters, at) {
  if (!letters) return true;
  const character = characters[at];
  if (character === undefined) return false;
  if (!HAN.test(character)) return character === letters[0] && reads(letters.slice(1), characters, at + 1);
  return (readings().get(character) ?? []).some(
    (syllable) =>
      syllable.startsWith(letters) ||
      (letters.startsWith(syllable) && reads(letters.slice(syllable.length), characters, at + 1)) ||
      (letters[0] === syllable[0] && reads(letters.slice(1), characters, at + 1)),
  );
}

/** How well a name answers letters: 1 it is read so from its beginning, 2 within, 3 nowhere. */
function pinyinRank(letters, name) {
  if (!HAN.test(name)) return 3;
  const characters = Array.from(name);
  if (reads(letters, characters, 0)) return 1.2;
  return letters.length > 1 && characters.some((_, at) => reads(letters, characters, at)) ? 2.2 : 3;
}

/** How well `names` answer what is looked for: 0 is one of them, 1 begins one, 2 is within one, 3 is nowhere. */
function rankOf(wanted, names) {
  const ranks = names.map((given) => {
    const name = given.toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.includes(wanted)) return 2;
    return LATIN.test(wanted) ? pinyinRank(wanted, name) : 3;
  });
  return Math.min(...ranks);
}

/** The pairs of neighbouring characters in a text. */
function pairsOf(text) {
  return new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2)));
}

/** How much a text has in common with the likeliest of `names`: the share of the shorter one's pairs of characters, and how many. */
function likeness(wanted, names) {
  const asked = pairsOf(wanted);
  const shares = names.map((name) => {
    const given = pairsOf(name.toLowerCase());
    const common = [...given].filter((pair) => asked.has(pair)).length;
    return common / Math.max(Math.min(given.size, asked.size), 1) + common / 1000;
  });
  return Math.max(...shares);
}

const thingEntries = once(() => things.map((thing) => ({ thing, names: [thing.name, ...thing.aliases], size: thing.weight, bias: 0 })));

/** Texts and indicators; a state (has begun, is planned) is asked for more often than a title or product, and always put in more words. */
function otherEntries() {
  const texts = [...literals().values()].map((literal) => {
    return { literal, names: [literalInWords(literal)], size: literal.facts.length, bias: literal.p === "projectStatus" ? -1.5 : 0.5 };
  });
  return [...texts, ...[...indicators().values()].map(({ name, names, count }) => ({ indicator: name, names, size: count, bias: 0.6 }))];
}

const MOST_HITS = 14;
const TOO_FEW = 3; // with fewer hits, what only resembles the text is listed too
const ALIKE = 0.5;

/** The entries that a search for `text` finds, the best first; last of all what only resembles it, as 三二五四行动计划 a longer name. */
function among(entries, text) {
  const wanted = text.trim().toLowerCase().replaceAll("'", "");
  if (!wanted) return [];
  const ranked = entries.map((entry) => ({ ...entry, rank: rankOf(wanted, entry.names) }));
  const hits = ranked.filter((hit) => hit.rank < 3).map((hit) => ({ ...hit, rank: hit.rank + hit.bias }));
  if (hits.length < TOO_FEW && HAN.test(wanted)) {
    const others = ranked.filter((hit) => hit.rank === 3).map((hit) => ({ ...hit, like: likeness(wanted, hit.names) }));
    hits.push(...others.filter((hit) => hit.like >= ALIKE).map((hit) => ({ ...hit, rank: 5 - hit.like + hit.bias })));
  }
  return hits.sort((a, b) => a.rank - b.rank || b.size - a.size).slice(0, MOST_HITS);
}

function findThings(text) {
  return among(thingEntries(), text);
}

/** Things, texts and indicators that a search for `text` finds: {thing}, {literal} or {indicator}. */
function find(text) {
  return among([...thingEntries(), ...otherEntries()], text);
}
