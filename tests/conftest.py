"""A small corpus with all kinds of files, and one run over it, shared by the tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipeline.project import find_project
from pipeline.run import analyze
from tests.corpus import write_small_corpus

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

EXTRA = os.environ.get("WENDUI_EXTRA_CORPUS")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A project folder with a small corpus, analysed once; tests must not change it."""
    home = tmp_path_factory.mktemp("课题 project")
    write_small_corpus(home / "corpus")
    project = find_project(home)
    return analyze(project, strict=True)


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """A run over the shipped sample corpus."""
    reports = Path(__file__).parents[1] / "corpus" / "sample" / "reports"
    outputs = tmp_path_factory.mktemp("sample")
    return analyze(find_project(reports, outputs=outputs), strict=True)


@pytest.fixture(scope="session")
def extra():
    """The folder with further real text, if there is one."""
    if not EXTRA:
        pytest.skip("WENDUI_EXTRA_CORPUS is not set")
    return Path(EXTRA)
