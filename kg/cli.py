"""The command line: what can be asked for, and in which language the answer comes; ``kg.commands`` does the work."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

from kg import __version__
from kg.language.lexicon import VocabularyError
from kg.messages import message
from kg.scratch import ScratchError

LANGUAGES = ("zh", "en")
EXPORTS = ("ttl", "nt", "nq", "trig", "jsonld", "graphml", "gexf", "tables", "neo4j")
"""Formats of ``kg.export.formats``, which takes too long to import for --help."""
FINE, PROBLEMS, BAD_INPUT = 0, 1, 2
"""What the program returns."""
_INTERRUPTED = 130
_GARBAGE = (50_000, 10, 10)
"""How much is made before it is looked through for circles: most of what a command makes it needs to the end. A fifth of the time."""
_PHRASES = {
    "cli-required": "the following arguments are required",
    "cli-unrecognized": "unrecognized arguments",
    "cli-choice": "invalid choice",
    "cli-choose": "choose from",
    "cli-expected": "expected one argument",
    "cli-argument": "argument ",
}
"""What argparse says most often, by the code of the message that says it in both languages."""


class Refusal(Exception):  # noqa: N818 - no error of the program's but its answer
    """What was asked for can't be done; the text is one line that says why and what to do instead."""


def say(lines: Iterable[str]) -> None:
    """Print ``lines`` for as long as somebody reads them: what a command has found is the same where ``head`` has seen enough."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        _fall_silent()


def _fall_silent() -> None:
    """Let what is still buffered not raise again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``kg`` with ``arguments`` (without the program's name) and return its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    parser = _parser(language(words, os.environ))
    options, rest = parser.parse_known_args(words)
    if rest and options.command != "query":
        parser.error(f"{_PHRASES['cli-unrecognized']}: {' '.join(rest)}")
    options.parameters = rest
    gc.set_threshold(*_GARBAGE)
    try:
        # Imported late: the libraries behind the commands take a second that --help need not wait.
        command: Callable[[argparse.Namespace], int] = import_module(f"kg.commands.{options.command}").run
        return command(options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return BAD_INPUT
    except ScratchError as error:
        print(message("cli-scratch", options.lang, source=error.folder, detail=error.detail), file=sys.stderr)
        return BAD_INPUT
    except VocabularyError as error:
        print(message(f"vocabulary-{error.reason}", options.lang, place=error.place, detail=error.detail), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        _fall_silent()  # whoever read the output has seen enough
        return FINE
    except KeyboardInterrupt:
        return _INTERRUPTED


def language(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """``zh`` or ``en``: what ``--lang`` says, else what the environment's locale says. Help needs it before the options are parsed."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", choices=LANGUAGES)
    if "--lang" in words or any(word.startswith("--lang=") for word in words):
        lang: str | None = early.parse_known_args(words)[0].lang
        if lang:
            return lang
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if locale.startswith("zh") else "en"


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the user's language where argparse speaks its own."""

    def __init__(self, *, lang: str, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)
        self._lang = lang
        self._positionals.title = message("help-positionals", lang)
        self._optionals.title = message("help-optionals", lang)
        self.add_argument("-h", "--help", action="help", help=message("help-help", lang))

    def format_usage(self) -> str:
        """The usage alone."""
        return super().format_usage().replace("usage: ", message("help-usage", self._lang), 1)

    def format_help(self) -> str:
        """All that there is to know."""
        return super().format_help().replace("usage: ", message("help-usage", self._lang), 1)

    def error(self, text: str) -> NoReturn:
        """Say what is wrong with the words of the command, and go."""
        for code, phrase in _PHRASES.items():
            text = text.replace(phrase, message(code, self._lang))
        self.exit(BAD_INPUT, self.format_usage() + message("cli-usage", self._lang, source=self.prog, detail=text) + "\n")


def _parser(lang: str) -> argparse.ArgumentParser:
    parser = _Parser(lang=lang, prog="kg", description=message("help-kg", lang))
    parser.add_argument("--version", action="version", version=f"kg {__version__}", help=message("help-version", lang))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, add in (
        ("build", _build),
        ("remove", _remove),
        ("query", _query),
        ("check", _check),
        ("series", _series),
        ("explain", _explain),
        ("export", _export),
        ("diff", _diff),
        ("serve", _serve),
        ("spark", _spark),
    ):
        command = commands.add_parser(
            name,
            help=message(f"help-{name}", lang),
            description=message(f"help-{name}", lang),
            epilog=message(f"examples-{name}", lang),
            lang=lang,
        )
        add(command, lang)
        command.add_argument("--lang", choices=LANGUAGES, default=lang, help=message("help-lang", lang))
    return parser


def _build(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("sources", nargs="+", metavar="SOURCE", help=message("help-source", lang))
    _add_build(command, lang)
    command.add_argument("--fresh", action="store_true", help=message("help-fresh", lang))
    _add_output(command, lang)


def _remove(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("documents", nargs="+", metavar="DOC", help=message("help-document", lang))
    _add_output(command, lang)


def _query(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("graph", metavar="GRAPH", nargs="?", help=message("help-graph", lang))
    command.add_argument("query", metavar="QUERY", nargs="?", help=message("help-what", lang))
    command.add_argument("--list", action="store_true", help=message("help-list", lang))
    command.add_argument("--format", choices=("table", "csv", "json"), help=message("help-format", lang))


def _check(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("graph", metavar="GRAPH", help=message("help-graph", lang))
    command.add_argument("--arithmetic", action="store_true", help=message("help-arithmetic", lang))


def _series(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("district", metavar="DISTRICT", help=message("help-district", lang))
    command.add_argument("indicator", metavar="INDICATOR", help=message("help-indicator", lang))
    command.add_argument("graph", metavar="GRAPH", nargs="?", default="output", help=message("help-graph", lang))
    command.add_argument("--out", metavar="FILE", help=message("help-series-out", lang))


def _explain(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("text", metavar="TEXT", help=message("help-text", lang))
    command.add_argument("--entity", metavar="NAME", help=message("help-entity", lang))
    _add_metadata(command, lang)


def _export(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("graph", metavar="GRAPH", help=message("help-graph", lang))
    command.add_argument("out", nargs="+", metavar="OUT", help=message("help-outs", lang))
    command.add_argument("--format", choices=EXPORTS, help=message("help-export-format", lang))


def _diff(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("old", metavar="OLD", help=message("help-old", lang))
    command.add_argument("new", metavar="NEW", help=message("help-new", lang))
    command.add_argument("--format", choices=("text", "json"), default="text", help=message("help-diff-format", lang))


def _serve(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("graph", metavar="GRAPH", help=message("help-graph", lang))
    command.add_argument("--port", type=int, default=8765, help=message("help-port", lang))
    command.add_argument("--timeout", type=float, default=10, metavar="SECONDS", help=message("help-timeout", lang))


def _spark(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("sources", nargs="+", metavar="SOURCE", help=message("help-spark-source", lang))
    command.add_argument("--out", required=True, metavar="DIR", help=message("help-spark-out", lang))
    command.add_argument("--master", metavar="URL", help=message("help-master", lang))
    _add_build(command, lang)
    command.add_argument("--quiet", action="store_true", help=message("help-quiet", lang))


def _add_build(command: argparse.ArgumentParser, lang: str) -> None:
    _add_metadata(command, lang)
    for name in ("title", "publisher"):
        command.add_argument(f"--{name}", help=message(f"help-{name}", lang))
    command.add_argument("--base", metavar="IRI", help=message("help-base", lang))
    command.add_argument("--aliases", metavar="FILE", help=message("help-aliases", lang))


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _add_output(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("--out", required=True, metavar="DIR", help=message("help-out", lang))
    command.add_argument("--workers", type=int, default=_processors(), metavar="N", help=message("help-workers", lang))
    command.add_argument("--report", metavar="FILE", help=message("help-report", lang))
    command.add_argument("--quiet", action="store_true", help=message("help-quiet", lang))


def _add_metadata(command: argparse.ArgumentParser, lang: str) -> None:
    command.add_argument("--date", metavar="YYYY[-MM[-DD]]", help=message("help-date", lang))
    command.add_argument("--home", metavar="NAME", help=message("help-home", lang))
