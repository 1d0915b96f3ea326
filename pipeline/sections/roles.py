"""The role of each section, and the table of sections."""

from pipeline.sections.outline import Section
from pipeline.settings import OutlineOptions


def assign_roles(text: str, sections: list[Section], *, options: OutlineOptions) -> list[Section]:
    """The sections with their roles."""
    return sections
