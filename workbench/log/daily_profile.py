"""How do rows with the figures of a day become daily figures? A profile says it, in YAML."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import Field

from touchpoints.faults import Fault, ModelError, hint
from touchpoints.records.base import YesNo
from touchpoints.validate import validate
from touchpoints.yaml_tree import read_yaml
from workbench.log.errors import LogError
from workbench.log.profile import ColumnOf, Layout

FIGURES: dict[str, str] = {
    "day": "the day",
    "offered": "contacts that came in",
    "handled": "contacts that were answered",
    "abandoned": "contacts that the customer left before an answer",
    "wait_s": "mean time until an answer",
    "service_level": "share answered within the promised time",
}
"""The figures of a day; only `day` and `offered` are required."""

FORMATS = ("delimited", "xlsx", "parquet")
_SUFFIXES = (".yaml", ".yml")


class DailyProfile(Layout):
    """How the rows of a table are the figures of days."""

    figures: dict[str, ColumnOf]
    """Figure of a day: where it comes from."""
    per_cent: YesNo = Field(default=False)
    """Whether the service level is written from 0 to 100."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every source column that is read."""
        return tuple(dict.fromkeys(source for column in self.figures.values() for source in column.columns))

    @property
    def required(self) -> tuple[str, ...]:
        """The source columns that a file must have."""
        return self.wanted


@cache
def built_in_daily_profiles() -> tuple[str, ...]:
    """The names of the daily profiles that come with the workbench.

    Example:
        >>> built_in_daily_profiles()
        ('vancouver_311',)
    """
    folder = resources.files("workbench.log") / "daily_profiles"
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")))


def load_daily_profile(name: str, project: str | Path = ".") -> DailyProfile:
    """The built-in daily profile of a name, or the one in a file of the project.

    Raises:
        LogError: there is no such profile or file.
        ModelError: the file is not a sound profile; every fault is in the message.

    Example:
        >>> load_daily_profile("vancouver_311").figures["offered"].columns
        ('CallsOffered',)
    """
    if name in built_in_daily_profiles():
        data = (resources.files("workbench.log") / "daily_profiles" / f"{name}.yaml").read_bytes()
        return parse_daily_profile(data, f"daily_profiles/{name}.yaml")
    if not name.endswith(_SUFFIXES):
        raise LogError(f"no daily profile '{name}'{hint(name, built_in_daily_profiles())}; or name a YAML file")
    file = Path(project) / name
    try:
        return parse_daily_profile(file.read_bytes(), str(file))
    except OSError as error:
        raise LogError(f"{file}: cannot be read as a profile ({error.strerror}); name a YAML file") from error


def parse_daily_profile(data: bytes, file: str) -> DailyProfile:
    """The daily profile in a YAML text.

    Raises:
        ModelError: it is not a sound profile; every fault is in the message, with its line.
    """
    tree, faults = read_yaml(data, file)
    profile = None
    if tree is not None:
        profile, wrong = validate(DailyProfile, tree, f"daily profile '{Path(file).stem}'")
        faults = [*faults, *wrong, *(_inconsistencies(profile) if profile else ())]
    if profile is None or faults:
        raise ModelError(faults)
    return profile.model_copy(update={"id": profile.id or Path(file).stem})


def _inconsistencies(profile: DailyProfile) -> list[Fault]:
    faults = []
    for name in profile.figures:
        if name not in FIGURES:
            message = f"figures: unknown figure '{name}'{hint(name, FIGURES)}"
            faults.append(Fault(profile.where("figures", name), "unknown-key", message))
    for name in ("day", "offered"):
        if name not in profile.figures:
            faults.append(Fault(profile.where("figures"), "missing-key", f"figures: '{name}' is missing"))
    if profile.format not in FORMATS:
        message = f"format: daily figures are read from {', '.join(FORMATS)}, not {profile.format}"
        faults.append(Fault(profile.where("format"), "wrong-type", message))
    return faults
