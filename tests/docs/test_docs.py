"""The documentation is true: generated pages are fresh, and what pages name exists and is named."""

from __future__ import annotations

import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from docs.generate.__main__ import OUTPUTS, WRITTEN_PAGES
from docs.generate.cli import root_command
from docs.generate.records import meanings
from docs.generate.sessions import commands_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/**/*.md", "examples/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
)
MIRRORS = [("README.md", "README.zh.md"), ("docs/tutorial.md", "docs/tutorial.zh.md")]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
FOREIGN = {
    "an absolute path": re.compile(r"(?<![\w.:/>])/(?:home|root|work|tmp|usr|opt|var|Users)/"),
    "an address of a package registry": re.compile(r"pypi\.org|pythonhosted\.org|npmjs|conda\.anaconda"),
    "the folder of real disclosures": re.compile(r"shared/"),
}


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose(page: str) -> str:
    return FENCE.sub("", read(page))


def options(command: Any) -> set[str]:
    return {spelling for one in command.params if one.param_type_name == "option" for spelling in one.opts}


ROOT_COMMAND = root_command()
COMMANDS: dict[str, set[str]] = {
    name: options(command) | {"--help", "-h"} for name, command in ROOT_COMMAND.commands.items()
}
COMMON = options(ROOT_COMMAND) | {"--help", "-h"}


def invocations(page: str) -> Iterator[list[str]]:
    """Every ``jixiao …`` that a page shows, as words: in sessions, in other code blocks and in the text."""
    shown = [line for command in commands_of(read(page)) for line in command.split(" | ")]
    blocks = [block for block in FENCE.findall(read(page)) if not block.startswith("```console")]
    shown += [line for block in blocks for line in block.splitlines()]
    shown += SPAN.findall(prose(page))
    for text in shown:
        if text.startswith("jixiao "):
            yield shlex.split(text, comments=True)[1:]


@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("name", OUTPUTS)
def test_generated_file_is_fresh(name: str) -> None:
    assert read(name) == OUTPUTS[name](), f"{name} is not fresh; run make generated"


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_in_a_page_exist(page: str) -> None:
    unknown = []
    for words in invocations(page):
        known = COMMON if words[0].startswith("-") else COMMANDS.get(words[0])
        if known is None:
            unknown.append(words[0])
        else:
            unknown += [word for word in words if re.match(r"--?[a-z]", word) and word not in known]
    assert unknown == []


def test_every_command_and_option_is_documented() -> None:
    _, *sections = read("docs/reference/cli.md").split("\n## ")
    described = {section.splitlines()[0]: section for section in sections}
    missing = [
        (name, option)
        for name, known in COMMANDS.items()
        for option in known - {"--help", "-h"}
        if f"`{option}" not in described.get(name, "")
    ]
    assert described.keys() == COMMANDS.keys() and missing == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "docs/tutorial.md", "docs/tutorial.zh.md"])
def test_every_command_is_introduced(page: str) -> None:
    assert COMMANDS.keys() - {words[0] for words in invocations(page)} == set()


@pytest.mark.parametrize("page", PAGES)
def test_relative_links_resolve(page: str) -> None:
    broken = []
    for link in LINK.findall(prose(page)):
        target, _, anchor = link.partition("#")
        if "://" in link:
            continue
        path = (ROOT / page).parent / target if target else ROOT / page
        if not path.resolve().exists() or (anchor and anchor not in anchors(path)):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The names of the headings of a page, as they are linked to."""
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for _, title in headings}


@pytest.mark.parametrize(("english", "chinese"), MIRRORS)
def test_chinese_page_mirrors_headings_commands_and_links(english: str, chinese: str) -> None:
    def outline(page: str) -> list[int]:
        return [len(marks) for marks, _ in HEADING.findall(prose(page))]

    def code(page: str) -> list[str]:
        return [re.sub(r"#.*", "#", block) for block in FENCE.findall(read(page)) if "```sh" in block]

    def links(page: str) -> set[str]:
        return {link.replace(".zh.md", ".md") for link in LINK.findall(prose(page))}

    assert outline(chinese) == outline(english)
    assert commands_of(read(chinese)) == commands_of(read(english))
    assert code(chinese) == code(english)
    assert links(chinese) == links(english)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CONTRIBUTING.md"])
def test_page_names_nothing_outside_of_the_repository(page: str) -> None:
    assert [what for what, pattern in FOREIGN.items() if pattern.search(read(page))] == []


def code_names() -> list[tuple[str, str]]:
    """Dotted names and paths of ours that pages mention, each with its page."""
    dotted = re.compile(r"(?:extract|kg|ontology|docs|benchmarks)(?:\.\w+)+")
    path = re.compile(r"(?:extract|kg|ontology|docs|benchmarks|examples|tests)/[\w./-]*")
    return sorted(
        {
            (page, span)
            for page in PAGES
            for span in SPAN.findall(prose(page))
            if (dotted.fullmatch(span) or path.fullmatch(span)) and "NAME" not in span
        }
    )


@pytest.mark.parametrize(("page", "name"), code_names())
def test_code_that_a_page_names_exists(page: str, name: str) -> None:
    assert (ROOT / name).exists() if "/" in name else found(name)


def found(name: str) -> bool:
    """Whether a dotted name is a module, or an attribute somewhere below one."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for part in parts[count:]:
            thing = getattr(thing, part, None)
        return thing is not None
    return False


def test_picture_is_well_formed_and_refers_to_nothing() -> None:
    picture = read("docs/pictures/airport-fee.svg")
    texts = [element.text for element in ElementTree.fromstring(picture).iter() if element.text]
    assert "href" not in picture and "url(" not in picture and picture.count("://") == 1
    assert {"≤2000人", "≤3000人", "≥2000人", "60 万元", "60.00 万元"} <= set(texts)


def test_sections_of_the_header_spellings_are_described() -> None:
    sections = tomllib.loads(read("extract/layouts/headers.toml")).keys()
    described = re.findall(r"^\| `(\w+)` \|", read("docs/reference/headers.md"), re.MULTILINE)
    assert list(sections) == described


def test_notes_of_corrections_are_those_of_the_code() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "extract/layouts").glob("*.py"))
    appended = re.findall(r'"(\w+)"', "".join(re.findall(r"notes\.append\(([^\n]*)\)", code)))
    said = meanings()["layout"].keys()
    assert set(appended) - said == set() and [note for note in said if f'"{note}"' not in code] == []


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("0*.md"))
    listed = LINK.findall(read("docs/decisions/README.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert listed == names


def test_version_is_the_same_everywhere() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    changes = re.findall(r"^## \[([^\]]+)\] - (\S+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert changes[0][0] == version
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    assert f'\ndate-released: "{changes[0][1]}"\n' in read("CITATION.cff")


def test_pages_with_sessions_hold_some() -> None:
    assert [page for page in WRITTEN_PAGES if not commands_of(read(page))] == []
