"""Floors go up by themselves and down only with a reason."""

import pytest

from tests.gate.floors import moved, rounded

OLD = {"dev": {"roles": 0.9}, "test": {"roles": 0.8}, "lowered": {}}


def test_a_gain_raises_the_floor():
    assert moved(OLD, {"dev": {"roles": 0.957}, "test": {"roles": 0.8}}, {})["dev"] == {"roles": 0.95}


def test_a_loss_is_refused():
    with pytest.raises(SystemExit, match=r"dev\.roles"):
        moved(OLD, {"dev": {"roles": 0.89}, "test": {"roles": 0.8}}, {})


def test_a_floor_is_lowered_with_its_reason():
    new = moved(OLD, {"dev": {"roles": 0.85}, "test": {"roles": 0.8}}, {"dev.roles": "the annotation was corrected"})
    assert new["dev"] == {"roles": 0.85} and new["lowered"] == {"dev.roles": "the annotation was corrected"}


def test_rounding_is_down():
    assert [rounded(value) for value in (0.999, 1.0, 0.57, 0.29)] == [0.99, 1.0, 0.57, 0.29]
