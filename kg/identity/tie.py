"""Ties: why two forms are names of one thing, told from the forms themselves."""

from kg.identity.occurrence import body
from kg.language.gazetteer import named
from kg.linking.key import stem
from kg.names import corporate
from kg.names.decision import Reason
from kg.names.district import zone
from kg.names.organ import owner_key

_STEMMED = frozenset({"Programme", "Event", "Industry"})
"""Classes whose keys leave class words out."""


def tie(type: str, key: str, form: str, name: str) -> Reason:
    """Why ``form`` is another form of ``name``, the fullest name of the thing with ``key``."""
    if type == "District":
        return Reason.ZONE if zone(name) else Reason.CODE if named(name) or named(form) else Reason.PREFIX
    if type == "Organization" and owner_key(key):
        return Reason.ORGAN
    if type == "Organization" and body(form) and body(form) == body(name):
        return Reason.KNOWN
    if type == "Enterprise":
        return _firm(form, name)
    if stem(form, type) == stem(name, type) or (type in _STEMMED and key.endswith(form)):
        return Reason.CLASS_WORD
    return _plain(form, name)


def _firm(form: str, name: str) -> Reason:
    short, full = sorted((corporate.bare(form), corporate.bare(name)), key=lambda n: (len(n), n))
    if short == full:
        return Reason.LEGAL_FORM
    if corporate.known(form) and corporate.known(form) == corporate.known(name):
        return Reason.KNOWN
    return corporate.short_for(short, full) or Reason.DOCUMENT


def _plain(form: str, name: str) -> Reason:
    """What other names differ in: their ends, or what stands in front of them."""
    if form[0] == name[0]:
        return Reason.HEAD if name.startswith(form) else Reason.CLASS_WORD
    return Reason.PREFIX if any(one[:2] in other and one[-2:] in other for one, other in ((form, name), (name, form))) else Reason.DOCUMENT
