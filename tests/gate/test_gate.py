"""The quality gate: a run over the sample corpus against its annotation, with floors that only go up."""

import pytest

from tests.gate.floors import SPLITS, all_measured, floors
from tests.gate.unseen import KINDS, unseen_gold


@pytest.fixture(scope="module")
def measures(sample, tmp_path_factory):
    found = all_measured(sample.project.outputs, tmp_path_factory.mktemp("unseen"))
    for split, values in found.items():
        print("\n".join([f"\n{split}", *map(str, values.values())]))
    return found


@pytest.mark.parametrize(("split", "name"), [(split, name) for split in SPLITS for name in floors()[split]])
def test_floor(measures, split, name):
    floor = floors()[split][name]
    assert measures[split][name].value >= floor, f"{measures[split][name]} is below its floor {floor}"


def test_every_measure_has_a_floor(measures):
    for split in SPLITS:
        assert set(floors()[split]) == set(measures[split])


def test_a_lowered_floor_says_why():
    for name, reason in floors()["lowered"].items():
        split, _, measure = name.partition(".")
        assert measure in floors()[split] and len(reason) > 20


def test_every_unseen_report_is_of_one_kind():
    found = [entry.file for begin in KINDS.values() for entry in unseen_gold(begin)]
    assert sorted(found) == sorted(entry.file for entry in unseen_gold()) and len(found) == len(set(found)) == 200
