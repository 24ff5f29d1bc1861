"""What is one thing and what is not: each rule by cases of its own, the seeds as a whole, and what must hold whatever the names."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import Naming, extraction

from kg.identity.alias import AliasError, Name, Rulings, load
from kg.identity.unification import Extraction, Identity, identify, unify, unmet
from kg.messages import message
from kg.names import corporate
from kg.names.decision import Reason
from kg.pipeline import extract
from kg.text.document import Document
from kg.text.reading import read

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parent.parent / "seeds"
TABLE = tomllib.loads((CASES / "identity.toml").read_text(encoding="utf-8"))


def documents(tables: Iterable[Mapping[str, Any]]) -> list[Extraction]:
    return [extraction(number, _naming(table)) for number, table in enumerate(tables, start=1)]


def _naming(table: Mapping[str, Any]) -> Naming:
    names = {kind: texts for kind, texts in table.items() if kind[0].isupper()}
    return Naming(names, table.get("relations", ()), table.get("home"), table.get("year"))


def forms(extractions: Sequence[Extraction], identity: Identity) -> dict[str, set[str]]:
    """Shared keys by name, and by name and number of the document: 朝阳区@1."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, keys in zip(extractions, identity.keys, strict=True):
        for entity in one.entities:
            for form in (entity.name, *entity.aliases):
                key = keys[entity.key]
                found[form].add(key)
                found[f"{form}@{int(one.document.id, 16)}"].add(key)
    return found


# --- each rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: f"{case['reason']} {' '.join(case.get('one', case.get('apart')))}")
def test_case(case: Mapping[str, Any]) -> None:
    extractions = documents(case["documents"])
    identity = identify(extractions)
    keys = forms(extractions, identity)
    one, apart = ([keys[name] for name in case.get(verdict, ())] for verdict in ("one", "apart"))
    assert all(len(found) == 1 for found in (*one, *apart))
    assert len(set().union(*one)) <= 1
    assert len(set().union(*apart)) == len(apart)
    told = [d for d in identity.decisions if d.reason == case["reason"] and d.merged == bool(one)]
    concerned = set().union(*(one or apart))
    assert not case["reason"] or any(concerned & set(decision.keys) for decision in told), identity.decisions


def test_every_reason_has_a_case() -> None:
    by_user = {Reason.USER_SAME, Reason.USER_DIFFERENT}
    assert {reason.value for reason in Reason if reason not in by_user} == {case["reason"] for case in TABLE["case"]} - {""}


# --- the seeds --------------------------------------------------------------------------------------------------------


class Mention(NamedTuple):
    """A name of a thing of a class in a document."""

    type: str
    document: str
    form: str


def b_cubed(found: Mapping[Mention, Hashable], expected: Mapping[Mention, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering, averaged over the mentions.

    Bagga and Baldwin, Algorithms for Scoring Coreference Chains, LREC Workshop on Linguistic Coreference, 1998.
    """
    system, truth = _clusters(found), _clusters(expected)
    scores = [(len(system[found[m]] & truth[expected[m]]), len(system[found[m]]), len(truth[expected[m]])) for m in expected]
    precision = sum(both / own for both, own, _ in scores) / len(scores)
    recall = sum(both / true for both, _, true in scores) / len(scores)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _clusters(labels: Mapping[Mention, Hashable]) -> dict[Hashable, set[Mention]]:
    clusters: defaultdict[Hashable, set[Mention]] = defaultdict(set)
    for mention, label in labels.items():
        clusters[label].add(mention)
    return clusters


def test_b_cubed_of_a_known_case() -> None:
    """The first response of the paper's example: of five, two and five mentions, the two are joined with the latter five."""
    mentions = [Mention("", "", str(number)) for number in range(12)]
    truth = {m: "abc"[(n >= 5) + (n >= 7)] for n, m in enumerate(mentions)}
    joined = {m: "ab"[n >= 5] for n, m in enumerate(mentions)}
    assert b_cubed(truth, truth) == (1, 1, 1)
    precision, recall, _ = b_cubed(joined, truth)
    assert (round(precision, 2), recall) == (0.76, 1)


def _expected() -> dict[Mention, Hashable]:
    rows = (line.split("\t") for line in (CASES / "seed_identity.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    next(rows)
    return {Mention(kind, document, form): (kind, thing) for kind, thing, document, names in rows for form in names.split("|")}


@pytest.fixture(scope="module")
def seeds() -> dict[Mention, Hashable]:
    """The shared key of every name of the seeds."""
    found = [document for document in read([str(SEEDS)]) if isinstance(document, Document)]
    extractions = [extract(document) for document in sorted(found, key=lambda document: document.id)]
    return {
        Mention(entity.type, one.document.source[:3], form): keys[entity.key]
        for one, keys in zip(extractions, identify(extractions).keys, strict=True)
        for entity in one.entities
        for form in (entity.name, *entity.aliases)
    }


def test_no_thing_of_the_seeds_is_split_or_merged_wrongly(seeds: dict[Mention, Hashable]) -> None:
    expected = {mention: label for mention, label in _expected().items() if mention in seeds}
    wrong = [
        ("split" if expected[one] == expected[other] else "merged", one, other)
        for one, other in combinations(expected, 2)
        if (seeds[one] == seeds[other]) != (expected[one] == expected[other])
    ]
    assert wrong == []


def test_names_of_the_seeds_by_b_cubed(seeds: dict[Mention, Hashable]) -> None:
    expected = _expected()
    known = {mention: label for mention, label in expected.items() if mention in seeds}
    assert len(known) >= 0.9 * len(expected), "most names of the table are found"
    assert b_cubed({mention: seeds[mention] for mention in known}, known)[2] >= 0.97


# --- whatever the names -----------------------------------------------------------------------------------------------

HOMES = ("220106", "220104", "220100", "340100")
NAMINGS = st.lists(
    st.builds(
        Naming,
        st.fixed_dictionaries({"Enterprise": st.lists(st.sampled_from(TABLE["firms"]["names"]), max_size=3, unique=True)}),
        home=st.sampled_from((*HOMES, None)),
    ),
    max_size=8,
)


def _partition(extractions: Sequence[Extraction], rulings: Rulings | None = None) -> Set[frozenset[tuple[str, str]]]:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one, keys in zip(extractions, identify(extractions, rulings or Rulings()).keys, strict=True):
        for own, shared in keys.items():
            found[shared].add((one.document.id, own))
    return {frozenset(cluster) for cluster in found.values()}


@given(NAMINGS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_does_not_matter(namings: list[Naming], shuffler: random.Random) -> None:
    extractions = [extraction(number, naming) for number, naming in enumerate(namings)]
    shuffled = shuffler.sample(extractions, len(extractions))
    assert repr(unify(shuffled)) == repr(unify(extractions))


@given(NAMINGS)
@settings(max_examples=60, deadline=None)
def test_saying_it_again_changes_nothing(namings: list[Naming]) -> None:
    """Ruled to be the same what is the same already, everything stays as it is."""
    extractions = [extraction(number, naming) for number, naming in enumerate(namings)]
    before = _partition(extractions)
    names = {(one.document.id, entity.key): Name(entity.name, one.document.source) for one in extractions for entity in one.entities}
    same = tuple(tuple(sorted(names[member] for member in cluster)) for cluster in before if len(cluster) > 1)
    assert _partition(extractions, Rulings(same)) == before


@given(NAMINGS)
@settings(max_examples=100, deadline=None)
def test_nothing_is_joined_by_way_of_a_third(namings: list[Naming]) -> None:
    """Every name of a firm is the fullest one, or short for it by itself."""
    extractions = [extraction(number, naming) for number, naming in enumerate(namings)]
    for cluster in _partition(extractions):
        stems = {own.removeprefix("Enterprise/") for _, own in cluster}
        full = max(stems, key=lambda stem: (len(stem), stem))
        assert all(stem == full or corporate.short_for(stem, full) for stem in stems)


@given(NAMINGS)
@settings(max_examples=100, deadline=None)
def test_what_fits_two_is_neither(namings: list[Naming]) -> None:
    extractions = [extraction(number, naming) for number, naming in enumerate(namings)]
    identity = identify(extractions)
    for decision in identity.decisions:
        if decision.reason == Reason.AMBIGUOUS:
            assert len(decision.keys) >= 3
            assert not decision.merged


# --- the user's word --------------------------------------------------------------------------------------------------


def _named(lists: Iterable[Iterable[str]]) -> tuple[tuple[Name, ...], ...]:
    return tuple(tuple(sorted(Name(*text.partition("@")[::2]) for text in names)) for names in lists)


@pytest.mark.parametrize("case", TABLE["ruling"], ids=lambda case: case["what"])
def test_the_user_overrules(case: Mapping[str, Any]) -> None:
    rulings = Rulings(_named(case.get("same", ())), _named(case.get("different", ())))
    facts = unify(documents(case["documents"]), rulings)
    keys = {form: entity.key for entity in facts.entities for form in (entity.name, *entity.aliases)}
    for names in case.get("one", ()):
        assert len({keys[name] for name in names}) == 1
    for names in case.get("apart", ()):
        assert len({keys[name] for name in names}) == len(names)
    for kind, expected in (("Person", "persons"), ("Enterprise", "enterprises")):
        assert expected not in case or {entity.key for entity in facts.entities if entity.type == kind} == set(case[expected])
    told = [decision for decision in facts.decisions if decision.reason == Reason.USER_DIFFERENT]
    assert not any(decision.merged for decision in told)
    if "holders" in case:
        assert {(r.subject, r.object) for r in facts.relations} == {(keys[one], keys[other]) for one, other in case["holders"]}
    assert case["reason"] in {decision.reason for decision in facts.decisions}


def test_what_only_the_user_says_has_no_other_reason() -> None:
    rulings = Rulings(_named([["中科院", "东岭学校"]]))
    told = unify([extraction(1, Naming({"Organization": ["中科院", "东岭学校"]}, home="220106"))], rulings).decisions
    assert {decision.reason for decision in told} == {Reason.USER_SAME}


def test_names_that_no_document_has() -> None:
    rulings = Rulings(_named([["a", "b@1.txt", "b@2.txt"]]))
    extractions = [extraction(1, Naming({"Enterprise": ["a", "b"]}))]
    assert unmet(extractions, rulings) == (Name("b", "2.txt"),)


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("same = [", "syntax", ""),
        ("alike = []", "field", ""),
        ('same = "a"', "shape", "same"),
        ('same = ["a", "b"]', "shape", "same[1]"),
        ('same = [["a", 1]]', "shape", "same[1]"),
        ('different = [["a", "b"], ["a", " a "]]', "few", "different[2]"),
        ('same = [["a", "b"], ["b", "c"]]\ndifferent = [["c", "a"]]', "contradiction", "different[1]"),
    ],
)
def test_a_file_that_is_no_aliases(text: str, reason: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "aliases.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AliasError) as caught:
        load(tmp_path / "aliases.toml")
    assert (caught.value.reason, caught.value.place) == (reason, place)
    for lang in ("zh", "en"):
        assert message(f"alias-{reason}", lang, source="aliases.toml", place=f" {place}", detail=caught.value.detail)
