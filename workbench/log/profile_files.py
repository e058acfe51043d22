"""Which profiles are built in, and how is a project's own read?"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from touchpoints.extend import merge
from touchpoints.faults import Fault, ModelError, hint
from touchpoints.located import Located
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
        return parse_profile(_built_in(name), f"profiles/{name}.yaml")
    if not name.endswith(_SUFFIXES):
        raise LogError(f"no profile '{name}'{hint(name, built_in_profiles(), most=20)}; or name a YAML file")
    file = Path(project) / name
    try:
        data = file.read_bytes()
    except OSError as error:
        raise LogError(f"{file}: cannot be read as a profile ({error.strerror}); name a YAML file") from error
    return _with_link_file(parse_profile(data, str(file)), Path(project))


def _with_link_file(profile: Profile, project: Path) -> Profile:
    """The profile with the path of its link file, which is relative to the project."""
    key = profile.columns.get("customer_key")
    if key is None or key.link is None or key.link.file is None:
        return profile
    link = key.link.model_copy(update={"file": str(project / key.link.file)})
    columns = {**profile.columns, "customer_key": key.model_copy(update={"link": link})}
    return profile.model_copy(update={"columns": columns})


def parse_profile(data: bytes, file: str) -> Profile:
    """The profile in a YAML text; `extends: NAME` lays it over a built-in one (maps merge, lists replace).

    Raises:
        ModelError: it is not a sound profile; every fault is in the message, with its line.
    """
    tree, faults = read_yaml(data, file)
    profile = None
    if tree is not None:
        tree, unknown = _extended(tree)
        profile, wrong = validate(Profile, tree, f"profile '{Path(file).stem}'")
        faults = [*faults, *unknown, *wrong, *(inconsistencies(profile) if profile else ())]
    if profile is None or faults:
        raise ModelError(faults)
    return profile.model_copy(update={"id": profile.id or Path(file).stem})


def _extended(tree: Located) -> tuple[Located, list[Fault]]:
    """The tree laid over the built-in profile that it extends, if any."""
    if not isinstance(tree.value, dict) or "extends" not in tree.value:
        return tree, []
    link = tree.value["extends"]
    own = Located(
        {key: part for key, part in tree.value.items() if key != "extends"}, tree.file, tree.line, tree.column
    )
    if link.value not in built_in_profiles():
        message = f"extends: no built-in profile '{link.value}'{hint(str(link.value), built_in_profiles(), most=30)}"
        return own, [Fault(link.place, "extends", message)]
    parent, faults = read_yaml(_built_in(str(link.value)), f"profiles/{link.value}.yaml")
    return (merge(parent, own) if parent else own), list(faults)


def fingerprint(profile: Profile) -> str:
    """A short text that changes when anything changes in how the profile reads.

    Example:
        >>> fingerprint(load_profile("xes")) == fingerprint(load_profile("xes"))
        True
    """
    said = profile.model_dump_json(
        exclude={"name": True, "note": True, "lacks": True, "columns": {"customer_key": {"link": {"file": True}}}},
        exclude_defaults=True,
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _built_in(name: str) -> bytes:
    return (_folder() / f"{name}.yaml").read_bytes()


def _folder() -> Traversable:
    return resources.files("workbench.log") / "profiles"
