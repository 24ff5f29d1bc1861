// Quotes: the sentences behind a fact. Offsets count code points; JavaScript's strings do not.

function characters(document) {
  document.characters ??= Array.from(document.text ?? "");
  return document.characters;
}

/** The spans of one piece of evidence as [begin, end] pairs, in the order of the text: a table says above what is counted below. */
function spansOf([, ...offsets]) {
  return offsets.flatMap((begin, i) => (i % 2 ? [] : [[begin, offsets[i + 1]]])).sort(([a], [b]) => a - b);
}

const REACH = 140; // characters of context shown at most on either side

/** Where the sentence around a span begins and ends. */
function sentenceAround(text, [begin, end]) {
  const stop = (i) => "。！？!?".includes(text[i]) || (text[i] === "\n" && (text[i - 1] === "\n" || text[i + 1] === "|"));
  let from = begin;
  while (from > 0 && begin - from < REACH && !stop(from - 1)) from -= 1;
  while (from < begin && "”’」』）)\n 　".includes(text[from])) from += 1;
  let to = end;
  while (to < text.length && to - end < REACH && !stop(to - 1)) to += 1;
  if ("”’」』".includes(text[to] ?? " ")) to += 1;
  return [from, to];
}

/** The sentences around the spans of evidence, as parts {text, marked}. */
function contextOf(evidence) {
  const text = characters(documents[evidence[0]]);
  const parts = [];
  let shown = -1;
  for (const span of spansOf(evidence)) {
    const [from, to] = sentenceAround(text, span);
    if (shown < 0 || from > shown) {
      if (shown >= 0) parts.push({ text: " … " });
      shown = from;
    } else if (parts.length) parts.pop();
    parts.push(
      { text: text.slice(shown, span[0]).join("") },
      { text: text.slice(...span).join(""), marked: true },
      { text: text.slice(span[1], to).join("") },
    );
    shown = span[1];
  }
  return parts;
}

/** The whole document with the spans of evidence marked. */
function markedText(evidence) {
  const text = characters(documents[evidence[0]]);
  const parts = [];
  let shown = 0;
  for (const [begin, end] of spansOf(evidence)) {
    parts.push({ text: text.slice(shown, begin).join("") }, { text: text.slice(begin, end).join(""), marked: true });
    shown = end;
  }
  return [...parts, { text: text.slice(shown).join("") }];
}
