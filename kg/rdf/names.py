"""The names of nodes: every IRI is made here, from what is printed and where, and from nothing else.

Two printings name the same unit, project or edition only if they print the same names; white space
and character width do not count. Whether different names mean the same is a conclusion, not a name.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

DEFAULT_BASE = "https://w3id.org/jixiao/id/"
_DIGITS = 16
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


@lru_cache(maxsize=65536)
def folded_name(printed: str) -> str:
    """Fold a name: no white space, full-width ASCII in half width.

    >>> folded_name("克州住建局（人防　办）")
    '克州住建局(人防办)'
    """
    return "".join(printed.split()).translate(_HALF_WIDTH)


@lru_cache(maxsize=65536)
def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]


def document_iri(sha256: str, base: str = DEFAULT_BASE) -> str:
    """Name a document by the hash of its bytes."""
    return f"{base}document/{sha256[:_DIGITS]}"


def graph_iri(sha256: str, base: str = DEFAULT_BASE) -> str:
    """Name the graph that holds what one document says."""
    return f"{document_iri(sha256, base)}/graph"


def identity_iri(base: str = DEFAULT_BASE) -> str:
    """Name the graph that holds the nodes that documents share: units, projects and editions."""
    return f"{base}identity"


def unit_iri(name: str, base: str) -> str:
    """Name a budget unit by its folded name."""
    return f"{base}unit/{_digest(name)}"


def project_iri(unit: str, project: str, base: str) -> str:
    """Name a project by the folded names of its unit and of itself."""
    return f"{base}project/{_digest(unit, project)}"
