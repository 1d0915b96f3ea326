"""Names of cells."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.cells import cell_name

PARTS = st.lists(st.text(st.sampled_from("街/%#2F 道"), min_size=1), min_size=5, max_size=5)


def test_the_cell_of_the_worked_example():
    name = cell_name("codes", "org_type", "街道乡镇", "问题/wendui/组织生活", "raw")
    assert name == "codes/org_type/街道乡镇/问题%2Fwendui%2F组织生活/raw"


@given(PARTS)
def test_names_can_be_read_back(parts):
    assert [unquote(part) for part in cell_name(*parts).split("/")] == parts
    assert "#" not in cell_name(*parts)
