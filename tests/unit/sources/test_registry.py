"""The registry finds sources by folder."""

from __future__ import annotations

from importlib import resources

from saferboard.analytics.sources.registry import sources


def test_every_folder_with_code_is_a_source() -> None:
    root = resources.files("saferboard.analytics.sources")
    folders = {
        one.name.replace("_", "-")
        for one in root.iterdir()
        if one.is_dir() and not one.name.startswith("_")
    }
    assert folders == {source.key for source in sources()}


def test_keys_and_fetches_are_not_repeated() -> None:
    keys = [source.key for source in sources()]
    assert len(keys) == len(set(keys))
    fetches = [fetch.key for source in sources() for fetch in source.fetches]
    assert len(fetches) == len(set(fetches))
