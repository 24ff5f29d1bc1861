"""Persons: names after the title of a post, before a verb of speaking, and foreign names by their characters.

A Chinese name is a family name and one or two characters; where both lengths fit, the words around decide. A foreign name is a
run of the characters that transcribe foreign sounds.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.language.lexicon import alternation, rows, words, wordset
from kg.language.rules import pattern, select
from kg.language.words import Token, Words, frequencies
from kg.names.brand import is_brandlike
from kg.names.division import means_place
from kg.names.head import ends_like_a_name
from kg.names.mention import Mention

# Parts of speech with which a sentence does not go on after a name: 莱恩 after 冯德.
_NOMINAL = frozenset("nxj")
_NAMES = ("nr", "ns", "nz", "x")
"""Parts of speech of names, and of words that no dictionary knows."""
_GAP = re.compile(r"\s*")
_HAN = r"[\u4e00-\u9fff]"
_Ending = Callable[[str, int, Mapping[int, Token]], int]
"""Where the name in a text at an index ends, with the words by where they begin; 0 where none begins there."""
_LEAST = 3
"""Characters of a name that is told by coming again."""
_LONG = 4
"""A run of transcribing characters at least so long is one name, however its first looks."""


@cache
def _post() -> re.Pattern[str]:
    return re.compile(f"{alternation('post')}(?:、{alternation('post')})*")


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(alternation("person_noun"))


@cache
def _name() -> re.Pattern[str]:
    return re.compile(f"({alternation('surname')})({_HAN}{{1,2}})")


@cache
def _follow() -> re.Pattern[str]:
    return re.compile(f"$|[^\\u4e00-\\u9fff]|{alternation('after_person')}")


class _Surname(NamedTuple):
    surname: str
    function: str


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row.surname for row in rows("surname", _Surname) if row.function)


def persons(text: str, tokens: Words) -> list[Mention]:
    """The persons whom ``text`` names: 局长王强, 副主任刘文明、康峰镐, 老兵李雷, 李雷说, 约翰·史密斯."""
    begins = tokens.begins
    return [
        *_behind(text, begins, _post(), _name_end, ("person.post", 5.0)),
        *_behind(text, begins, _noun(), _plain_end, ("person.noun", 4.0)),
        *_behind(text, begins, pattern("person", "leaders"), _name_end, ("person.leaders", 4.5)),
        *_by_work(text, tokens),
        *_before_post(text, tokens),
        *_by_speech(text, tokens),
        *_foreign(text, begins),
    ]


def recurring(cuts: Sequence[Words]) -> Iterator[str]:
    """Names of three characters that come more than once, and once open a clause before a verb or adverb: 毛伟民多方奔走."""
    texts = ["".join(token.text for token in cut) for cut in cuts]
    found = {name for text, cut in zip(texts, cuts, strict=True) for name in _acting(text, cut)}
    return (name for name in sorted(found) if sum(text.count(name) for text in texts) > 1)


def _acting(text: str, cut: Words) -> Iterator[str]:
    """What looks like a name, is no word or brand, and opens a clause before a verb or adverb."""
    opening = [token for before, token in zip((None, *cut), cut, strict=False) if before is None or not before.text.isalnum()]
    for token in opening:
        end = token.begin + _LEAST
        name, after = text[token.begin : end], cut.begins.get(end)
        acts = after is not None and after.tag[0] in "vdm" and _name().fullmatch(name) is not None and not _is_address(name)
        if acts and (_is_unknown(name, token) or (token.text == name and is_name_word(token) and _is_followed(text, end))):
            yield name


def _is_followed(text: str, end: int) -> bool:
    """Whether a word of more than one character that follows persons' names stands there."""
    after = _follow().match(text, end)
    return after is not None and len(after[0]) > 1


def _is_unknown(name: str, first: Token) -> bool:
    """Whether neither the dictionary nor a firm has the name, which a word of its own or a family name begins."""
    counts, _ = frequencies()
    if len(first.text) == 1:
        return first.tag == "nr" and name[:2] not in counts and not ends_like_a_name(name)
    return first.text == name and first.tag == "x" and not is_brandlike(name) and not ends_like_a_name(name)


def _is_address(name: str) -> bool:
    """Whether it is a family name with a form of address or a mark of anonymity, or a function word ends it: 王女士, 李某某."""
    anonymous = name[-1] in wordset("name_tail") or name in wordset("not_person") or name[1:] in wordset("not_person")
    return anonymous or name[1:] in wordset("form_of_address") or name[1:] in wordset("post")


def _behind(text: str, begins: Mapping[int, Token], lead: re.Pattern[str], ending: _Ending, kind: tuple[str, float]) -> Iterator[Mention]:
    """The names of a list right behind what ``lead`` matches, each as far as ``ending`` says; ``kind`` is their rule and score."""
    for match in lead.finditer(text):
        begin = _GAP.match(text, match.end()).end()  # type: ignore[union-attr]
        while end := ending(text, begin, begins):
            yield Mention(begin, end, "Person", text[begin:end], *kind)
            if not _goes_on(text, end, begins):
                break
            begin = end + 1


def _goes_on(text: str, end: int, begins: Mapping[int, Token]) -> bool:
    """Whether a list of names may go on behind ``end``."""
    return end + 1 < len(text) and (text[end].isspace() or text[end] in wordset("list_mark")) and end + 1 in begins


def _plain_end(text: str, begin: int, begins: Mapping[int, Token]) -> int:
    """Where a name ends that the cut into words, too, takes for one, as behind what is no post; 0 where none begins at ``begin``."""
    token = begins.get(begin)
    if token is None or not (is_name_word(token) or (token.tag == "nr" and len(token.text) == 1)):
        return 0
    end = _chinese_end(text, begin, begins)
    if end == token.end or (len(token.text) == 1 and end == begin + _LEAST and end in begins):
        return end
    return end if end == begin + _LEAST == token.end + 1 and _is_noun_like(begins.get(token.end)) and end in begins else 0


def _is_noun_like(token: Token | None) -> bool:
    """Whether a word of one character may close a name: 饶胜|男."""
    return token is not None and len(token.text) == 1 and token.tag[0] in _NOMINAL | set("ag")


def _before_post(text: str, cut: Words) -> Iterator[Mention]:
    """Names of three characters before a post or a form of address: 王志娟老师, 研究所卢文旺教授; firms are called so by few of them."""
    posts = [index for index, word in enumerate(cut) if index and word.text in _behind_names()]
    for index in posts:
        before, token, after = cut[index - 2] if index > 1 else None, cut[index - 1], cut[index]
        opens = (before is None or not before.text.isalnum()) and (token.tag == "nr" or not is_brandlike(token.text))
        posted = opens and (after.text in wordset("post") or after.text in wordset("form_of_address"))
        abroad = token.text in wordset("country") or (token.tag == "nr" and set(token.text) <= wordset("transcription"))
        if (posted or after.text in wordset("honorific")) and len(token.text) == _LEAST and is_name_word(token) and not abroad:
            yield Mention(token.begin, token.end, "Person", token.text, "person.before-post", 4.0)
    for index in (index for index in posts if index > 1):
        before, (token, given, after) = cut[index - 3] if index > 2 else None, cut[index - 2 : index + 1]
        opens = before is None or not before.text.isalnum() or before.text in wordset("settlement")
        if opens and _is_cut_name(token, given) and (after.text in wordset("post") or after.text in wordset("honorific")):
            yield Mention(token.begin, given.end, "Person", text[token.begin : given.end], "person.before-post", 4.0)


@cache
def _behind_names() -> frozenset[str]:
    """Posts and forms of address, which stand behind names."""
    return wordset("post") | wordset("form_of_address") | wordset("honorific")


def _is_cut_name(surname: Token, given: Token) -> bool:
    """Whether a family name and a word of two characters make a name: 李|雄伟."""
    named = surname.tag == "nr" and surname.text not in _function_words() and _name().fullmatch(surname.text + given.text) is not None
    return named and len(given.text) == 2 and given.tag[0] in "anz" and not _is_address(surname.text + given.text)


def is_name_word(token: Token) -> bool:
    """Whether the word has the form of a name, and no dictionary knows it as anything else."""
    looks = token.tag in ("x", "nr") and _name().fullmatch(token.text) is not None and token.text[-1] != token.text[0]
    return looks and not _is_address(token.text) and not ends_like_a_name(token.text)


def _by_speech(text: str, cut: Words) -> Iterator[Mention]:
    begins = cut.begins
    for rule in select("person", "Person").possible(text):
        for match in rule.pattern.finditer(text):
            begin, end = match.span("name")
            first = begins.get(begin)
            works = first is not None and not (_is_word(first) and first.end == end) and _is_by_work(cut.ends.get(begin))
            told = first is not None and (match["opens"] is not None or _is_whole(first, end) or works)
            if told and begins[begin].tag not in ("ns", "nt", "nz") and _chinese_end(text, begin, begins, posted=works) == end:
                yield Mention(begin, end, rule.output, match["name"], rule.name, rule.score)


def _by_work(text: str, cut: Words) -> Iterator[Mention]:
    """Names behind the words for people by their work, where they are long enough or the sentence goes on as behind a name: 农民|王春明."""
    for token in filter(_is_by_work, cut):
        end = _plain_end(text, token.end, cut.begins)
        if end - token.end == _LEAST or (end and _is_followed(text, end)):
            yield Mention(token.end, end, "Person", text[token.end : end], "person.work", 3.5)


def _is_by_work(before: Token | None) -> bool:
    """Whether the word says what somebody is by his work: 管理员."""
    return before is not None and before.tag == "n" and len(before.text) > 1 and before.text.endswith(words("person_suffix"))


def _foreign(text: str, begins: Mapping[int, Token]) -> Iterator[Mention]:
    """Foreign names in parts, anywhere but in quotation marks: 约翰·史密斯."""
    position = text.find("·")
    while position > 0:
        begin = position
        while begin and text[begin - 1] in wordset("transcription") and position - begin < 6 and not _opens_word(begin, begins):
            begin -= 1
        end = _foreign_end(text, begin, begins)
        places = means_place(text[begin:position]) or means_place(text[position + 1 : end])  # 拉萨·尼木
        if end > position + 1 and position - begin > 1 and not places and text[end : end + 1] not in ("”", "》"):
            yield Mention(begin, end, "Person", text[begin:end], "person.foreign", 4.0)
        position = text.find("·", max(end, position + 1))


def _opens_word(begin: int, begins: Mapping[int, Token]) -> bool:
    """Whether what stands just before ``begin`` ends an ordinary word, and none that is transcribed (理查德)."""
    before = (token for start in range(begin - 4, begin) if (token := begins.get(start)) and token.end == begin)
    return any(_is_word(token) and not (len(token.text) >= _LEAST and set(token.text) <= wordset("transcription")) for token in before)


def _name_end(text: str, begin: int, begins: Mapping[int, Token]) -> int:
    """Where the person's name at ``begin`` ends; 0 where none begins there."""
    if begin not in begins:
        return _uncut_end(text, begin, begins)
    if _is_word(begins[begin]) and not _speaks(text, begin, begins[begin]) and not _closes(text, begin, begins):
        return 0
    foreign = _foreign_end(text, begin, begins)
    if "·" in text[begin:foreign] or (foreign - begin >= _LONG and _follow().match(text, foreign)):
        return foreign
    return _chinese_end(text, begin, begins, posted=True)


def _speaks(text: str, begin: int, first: Token) -> bool:
    """Whether a name of three characters that goes on from an ordinary word stands before a verb of speaking: 负责人|黄金安|介绍."""
    name = _name().match(text, begin)
    return name is not None and first.end < name.end() and re.compile(alternation("speech_verb")).match(text, name.end()) is not None


def _uncut_end(text: str, begin: int, begins: Mapping[int, Token]) -> int:
    """Where a name ends that shares its first character with a word of the post before it: 副主|任何|文林|介绍."""
    name = _name().match(text, begin)
    options = (end for end in (begin + 3, begin + 2) if name and end <= name.end() and end in begins)
    return next((end for end in options if (after := _follow().match(text, end)) and len(after[0]) > 1), 0)


def _closes(text: str, begin: int, begins: Mapping[int, Token]) -> bool:
    """Whether an ordinary word and one more character make a name that a mark or a word behind names closes: 副会长|高中|友|、."""
    name, first = _name().fullmatch(text, begin, begin + _LEAST), begins[begin]
    last = begins.get(begin + _LEAST - 1)
    if name is None or first.end != begin + _LEAST - 1 or not _is_noun_like(last):
        return False
    after = _follow().match(text, begin + _LEAST)
    return after is not None and (len(after[0]) > 1 or text[begin + _LEAST : begin + _LEAST + 1] in ("、", "，"))


def _chinese_end(text: str, begin: int, begins: Mapping[int, Token], posted: bool = False) -> int:
    """Where the Chinese name at ``begin`` ends; 0 where none begins there. One behind a post may begin with an ordinary word."""
    match, first = _name().match(text, begin), begins.get(begin)
    if not match or first is None or (_is_word(first) and not posted) or text[begin : begin + 2] in wordset("not_person"):
        return 0
    if match.end() - begin == _LEAST and text[begin] == text[begin + _LEAST - 1]:
        return 0  # 边走边
    options = [
        end for end in (match.end(1) + 2, match.end(1) + 1) if end <= match.end() and _is_given(match.end(1), end, first, text, begins)
    ]
    followed = {end: follower[0] for end in options if (follower := _follow().match(text, end))}
    clear = [end for end, follower in followed.items() if len(follower) > 1 or not _is_cut(end, begins)]
    cut = [end for end in options if end == len(text) or (end in begins and _may_follow(begins[end]))]
    whole = [end for end in options if posted and _is_whole(first, end)]
    return next(iter([end for end in clear if end in cut] or clear or cut or followed or whole), 0)


def _may_follow(token: Token) -> bool:
    """Whether a sentence may go on with the word after a name."""
    return token.tag[0] not in _NOMINAL or token.text in wordset("undertake_verb") or token.text in wordset("after_person")


def _is_whole(token: Token, end: int) -> bool:
    """Whether the cut into words, too, takes what ends there for a name: one word, which no dictionary knows."""
    looks = token.tag == "x" and len(token.text) >= _LEAST and not ends_like_a_name(token.text)
    return looks and token.end == end and wordset("name_tail").isdisjoint(token.text)


def _is_cut(end: int, begins: Mapping[int, Token]) -> bool:
    """Whether a word that the dictionary knows goes on past ``end``: 雷军收 before 到 cuts 收到, but 陈序平 before 等 not 平等."""
    across = (token for start in range(end - 3, end) if (token := begins.get(start)) and token.end > end and token.tag != "x")
    return any(token.text[end - token.begin :] not in wordset("and_so_on") for token in across)


def _is_given(begin: int, end: int, first: Token, text: str, begins: Mapping[int, Token]) -> bool:
    """Whether ``text[begin:end]`` may be a given name: no function word closes it, and it is no word that goes on from the first."""
    given, after = text[begin:end], begins.get(end)
    acts = after is not None and (after.tag[0] in "vd" or _is_followed(text, end))
    joins = given[-1] in wordset("list_mark") and (not acts or len(given) < 2)  # 包永和|参加
    if (
        joins
        or (given[-1] in wordset("name_tail") and given[-1] not in wordset("list_mark"))
        or given in wordset("form_of_address")
        or given in wordset("not_person")
        or (len(given) > 1 and given in wordset("after_person"))
    ):
        return False
    token = begins.get(begin)
    if text[first.begin : begin] not in _function_words() or token is None:
        return True
    return token.text[: len(given)] != given or token.tag in _NAMES or (len(token.text) == 1 and first.tag[0] not in "cp")


def _foreign_end(text: str, begin: int, begins: Mapping[int, Token]) -> int:
    """Where the run of transcribing characters, with its marks between parts, that begins at ``begin`` ends."""
    end = begin
    while end < len(text) and (text[end] in wordset("transcription") or (text[end] in "·-" and end > begin)):
        token = begins.get(end)
        if token and end > begin and text[end - 1] != "·" and len(token.text) > 1 and _is_word(token):
            break  # 博士 after the name
        end += 1
    return end - 1 if text[end - 1] in "·-" else end


def _is_word(token: Token) -> bool:
    """Whether the dictionary knows the token as an ordinary word (董事长高度重视 names no one called 高度)."""
    return len(token.text) > 1 and token.tag[:2] not in _NAMES and token.text not in wordset("surname")
