"""A knowledge graph from Chinese regional-economy text: districts, enterprises, projects, programmes and figures.

>>> import kg
>>> result = kg.build(["seeds/"])
>>> result.graph  # an rdflib Graph
>>> result.network  # a networkx graph
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline import Result, build

__version__ = "0.1.0"
__all__ = ["Result", "__version__", "build"]


def __getattr__(name: str) -> Any:
    """Load the pipeline on first use: ``kg --help`` needs no part of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kg import pipeline

    return getattr(pipeline, name)
