"""Which profiles are built in, and how is a project's own read?"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from touchpoints.faults import ModelError, hint
from touchpoints.validate import validate
from touchpoints.yaml_tree import read_yaml
from workbench.log.errors import LogError
from workbench.log.profile import Profile
from workbench.log.profile_check import inconsistencies

_SUFFIXES = (".yaml", ".yml")


@cache
def built_in_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the workbench.

    Example:
        >>> "xes" in built_in_profiles()
        True
    """
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml")))


def load_profile(name: str, project: str | Path = ".") -> Profile:
    """The built-in profile of a name, or the one in a file of the project.

    Args:
        name: a built-in profile, or the path of a YAML file, relative to the project.
        project: the project's folder.

    Raises:
        LogError: there is no such profile or file.
        ModelError: the file is not a sound profile; every fault is in the message.

    Example:
        >>> load_profile("technion_call_centre").constants["channel"]
        'phone'
    """
    if name in built_in_profiles():
        return parse_profile((_folder() / f"{name}.yaml").read_bytes(), f"profiles/{name}.yaml")
    if not name.endswith(_SUFFIXES):
        raise LogError(f"no profile '{name}'{hint(name, built_in_profiles(), most=20)}; or name a YAML file")
    file = Path(project) / name
    try:
        data = file.read_bytes()
    except OSError as error:
        raise LogError(f"{file}: cannot be read as a profile ({error.strerror}); name a YAML file") from error
    return parse_profile(data, str(file))


def parse_profile(data: bytes, file: str) -> Profile:
    """The profile in a YAML text.

    Raises:
        ModelError: it is not a sound profile; every fault is in the message, with its line.
    """
    tree, faults = read_yaml(data, file)
    profile = None
    if tree is not None:
        stem = Path(file).stem
        profile, wrong = validate(Profile, tree, f"profile '{stem}'")
        faults = [*faults, *wrong, *(inconsistencies(profile) if profile else ())]
    if profile is None or faults:
        raise ModelError(faults)
    return profile.model_copy(update={"id": profile.id or Path(file).stem})


def fingerprint(profile: Profile) -> str:
    """A short text that changes when anything changes in how the profile reads.

    Example:
        >>> fingerprint(load_profile("xes")) == fingerprint(load_profile("xes"))
        True
    """
    said = profile.model_dump_json(exclude={"name", "note"})
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _folder() -> Traversable:
    return resources.files("workbench.log") / "profiles"
