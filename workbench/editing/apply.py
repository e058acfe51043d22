"""How is an edit made: checked against what others did, held against the rules, and written?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.editing.change import ConflictError, Edit
from workbench.editing.plan import Plan, plan
from workbench.editing.snapshot import Snapshot
from workbench.editing.soundness import require_sound
from workbench.editing.writing import StaleError, locked, write_files

_ATTEMPTS = 5


@dataclass(frozen=True)
class Applied:
    """An edit that was written.

    Attributes:
        plan: what it was worked out on, with its diff.
        inverse: the edit that takes it back.
        snapshot: the files after it.
    """

    plan: Plan
    inverse: Edit
    snapshot: Snapshot

    @property
    def files(self) -> tuple[str, ...]:
        """The files that changed."""
        return tuple(self.plan.after)


def preview(root: str | Path, edit: Edit) -> Plan:
    """What an edit would change, with its conflicts; nothing is written.

    Raises:
        EditingError: the edit cannot be made.
        UnsoundError: it would bring errors into the model.
    """
    made = plan(Snapshot.read(root), edit)
    require_sound(Path(root), made.after)
    return made


def apply(root: str | Path, edit: Edit) -> Applied:
    """Make an edit, all of it or nothing.

    Changes of others to other fields stay; the same field changed since is a conflict. Writers wait for one another.

    Raises:
        ConflictError: somebody changed the same fields since.
        UnsoundError: it would bring errors into the model.
        EditingError: the edit cannot be made, or the files cannot be written.
    """
    folder = Path(root)
    with locked(folder):
        for attempt in range(_ATTEMPTS):
            made = plan(Snapshot.read(folder), edit)
            if made.conflicts:
                raise ConflictError(made.conflicts)
            require_sound(folder, made.after)
            before = {name: made.snapshot.files.get(name) for name in made.after}
            try:
                write_files(folder, before, made.after)
            except StaleError:
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                break
    files = {name: data for name, data in {**made.snapshot.files, **made.after}.items() if data is not None}
    inverse = Edit(edit.changes, made.texts).inverse
    return Applied(made, inverse, Snapshot(folder, files))
