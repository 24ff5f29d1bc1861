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

/** A state (has begun, is planned) is asked for more often than a title or product, and always put in more words. */
function literalRank(wanted, literal) {
  const rank = rankOf(wanted, [literalInWords(literal)]);
  return literal.p === "projectStatus" && rank < 3 ? rank - 1.5 : rank + 0.5;
}

/** The things that a search for `text` finds, as {thing, rank, size}. */
function thingHits(text) {
  const wanted = text.trim().toLowerCase().replaceAll("'", "");
  if (!wanted) return [];
  const hits = things.map((thing) => ({ thing, rank: rankOf(wanted, [thing.name, ...thing.aliases]), size: thing.weight }));
  return hits.filter((hit) => hit.rank < 3);
}

function best(hits, limit = 14) {
  return hits.sort((a, b) => a.rank - b.rank || b.size - a.size).slice(0, limit);
}

function findThings(text) {
  return best(thingHits(text));
}

/** Things, texts and indicators that a search for `text` finds, the best first: {thing}, {literal} or {indicator}. */
function find(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const others = [
    ...[...literals().values()].map((literal) => ({ literal, rank: literalRank(wanted, literal), size: literal.facts.length })),
    ...[...indicators()].map(([indicator, size]) => ({ indicator, rank: rankOf(wanted, [indicator]) + 0.6, size })),
  ];
  return best([...thingHits(text), ...others.filter((hit) => hit.rank < 3)]);
}
