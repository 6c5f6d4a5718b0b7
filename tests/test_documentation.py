"""Documentation cannot rot: README and help name what the program has, and nothing it has not."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import msgspec
import pytest

from jobcentre_desk import text
from jobcentre_desk.cli import figures_commands, source_commands
from jobcentre_desk.cli.parser import build_parser
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HELP = {
    language: {page.name: page.read_text(encoding="utf-8") for page in (ROOT / "resources/help" / language).iterdir()}
    for language in text.LANGUAGES
}
MEASURES = tomllib.loads((ROOT / "data/measures.toml").read_text(encoding="utf-8"))

CHOSEN = {
    "language": "Language",
    "theme": "Colours",
    "text_factor": "Text size",
    "home_municipality": "My municipality",
    "daily_sync": "Fetch new figures when those here are a day old",
}
"""Settings a person chooses, each with the words it stands under."""

REMEMBERED = {
    "window_geometry",
    "splitter_sizes",
    "column_widths",
    "last_page",
    "detail_pane",
    "outcomes_from",
    "last_try",
}
"""Settings that follow what a person does."""


def _commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, by its words: "sync", "source add" ..."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield before.strip(), parser
    for action in inner:
        for name, command in action.choices.items():
            yield from _commands(command, f"{before} {name}")


COMMANDS = dict(_commands(build_parser()))


# The command line


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`{command}`" in README


def test_the_readme_names_no_command_that_is_not_there() -> None:
    table = README.split("| command | does |")[1].split("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    named = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    assert named - set(COMMANDS) == {"publish keys"}  # `publish` takes the word keys in place of a folder


@pytest.mark.parametrize("line", re.findall(r"^jobcentre-desk (.+)$", README, re.MULTILINE))
def test_every_example_of_the_readme_is_understood(line: str) -> None:
    build_parser().parse_args(line.split())


def test_every_command_has_somebody_to_run_it() -> None:
    ours = {name.split()[0] for name in COMMANDS}
    assert set(source_commands.COMMANDS) | set(figures_commands.COMMANDS) == ours


def test_every_command_and_its_help_are_said_in_danish() -> None:
    text.use_language("da")
    danish = dict(_commands(build_parser()))
    text.use_language("en")
    assert [name for name, parser in COMMANDS.items() if danish[name].description == parser.description] == []


# Targets and files


def test_every_target_a_person_runs_stands_in_the_readme() -> None:
    targets = re.findall(r'@echo "make (\w+) ', (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if f"make {target}" not in README] == []


def test_every_file_the_readme_leads_to_is_there() -> None:
    named = [*re.findall(r"\]\(([^):]+)\)", README), *re.findall(r"`((?:[\w.]+/)+[\w.]*)`", README)]
    assert "docs/employers.png" in named
    assert [name for name in named if not (ROOT / name).exists()] == []


# Help


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_link_of_the_help_leads_to_a_page(language: str) -> None:
    pages = HELP[language]
    links = {link for page in pages.values() for link in re.findall(r"\]\(([^)#]+)", page)}
    assert links
    assert links <= set(pages)


def test_help_has_the_same_pages_parts_and_lists_in_both_languages() -> None:
    def shape(page: str) -> list[str]:
        return re.findall(r"^(#+ |- |\d\. |\| )", page, re.MULTILINE)

    danish, english = HELP["da"], HELP["en"]
    assert {name: shape(page) for name, page in danish.items()} == {name: shape(page) for name, page in english.items()}


# Settings


def test_every_setting_is_chosen_by_a_person_or_remembered() -> None:
    names = {field.name for field in msgspec.structs.fields(Settings)}
    assert set(CHOSEN) | REMEMBERED == names
    assert set(CHOSEN) & REMEMBERED == set()


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("setting", CHOSEN)
def test_every_setting_a_person_chooses_is_explained_in_help(setting: str, language: str) -> None:
    text.use_language(language)
    assert f"- **{text.translate(CHOSEN[setting])}**: " in HELP[language]["index.md"]


# Measures


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("measure", [name for name in MEASURES if name != "common"])
def test_every_measure_is_named_in_help(measure: str, language: str) -> None:
    assert f"**{MEASURES[measure][f'name_{language}']}**" in " ".join(HELP[language]["figures.md"].split())


@pytest.mark.parametrize("measure", [name for name in MEASURES if name != "common"])
def test_every_measure_says_what_it_is_in_both_languages(measure: str) -> None:
    said = MEASURES["common"].get(MEASURES[measure].get("common"), {}) | MEASURES[measure]
    may_be_empty = {"numerator", "denominator"}
    wanted = {field.name for field in fields(Measure)} - {"id", "definition_version"}
    assert [name for name in sorted(wanted - may_be_empty) if not said.get(name)] == []
    assert may_be_empty <= set(said)
    assert said["name_da"] != said["name_en"]
    assert said["sentence_da"].endswith(".")
    assert said["sentence_en"].endswith(".")
