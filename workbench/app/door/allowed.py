"""Who of those that a login provider knows may enter?"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.app.door.access import AccessError
from workbench.app.door.providers import Provider


class Allowed:
    """Whole e-mail addresses or user names, and everybody of a domain.

    Args:
        entries: what `--allow` named: `mieke@example.org`, `mieke` or `@example.org`.
        provider: what tells who somebody is.

    Raises:
        AccessError: nobody is named, or a name that this provider never tells.

    Example:
        >>> from workbench.app.door.providers import provider
        >>> google = provider("google", {"PANEL_OAUTH_KEY": "key", "PANEL_OAUTH_SECRET": "secret"})
        >>> allowed = Allowed(["@example.org", "jan@example.com"], google)
        >>> [allowed.admits(one) for one in ("Mieke@Example.org", "jan@example.com", "piet@example.com")]
        [True, True, False]
    """

    def __init__(self, entries: Iterable[str], provider: Provider) -> None:
        checked = [_checked(one, provider) for one in entries]
        if not checked:
            kinds = "someone@example.org or --allow @example.org" if provider.tells_address else "USERNAME"
            raise AccessError(
                f"--oauth {provider.name} says who somebody is, not who may enter: give --allow {kinds}, as often as "
                "needed"
            )
        self._domains = frozenset(_folded(one[1:]) for one in checked if one.startswith("@"))
        self._people = frozenset(_folded(one) for one in checked if not one.startswith("@"))

    def admits(self, who: str) -> bool:
        """Whether somebody may enter; capitals make no difference."""
        folded = _folded(who)
        mailbox, _, domain = folded.rpartition(b"@")
        return folded in self._people or bool(mailbox and domain in self._domains)


def _folded(name: str) -> bytes:
    """Without the capitals A to Z; to fold other letters would make one of two different names."""
    return name.encode(errors="surrogatepass").lower()


def _checked(entry: str, provider: Provider) -> str:
    is_domain = entry.startswith("@")
    rest = entry[is_domain:]
    if not rest or not entry.isprintable() or set(rest) & set(" *,") or (is_domain and "@" in rest):
        raise AccessError(f"--allow takes one of someone@example.org, @example.org or a user name, got {entry!r}")
    if provider.tells_address and "@" not in entry:
        raise AccessError(f"--allow {entry}: {provider.name} tells e-mail addresses, so write one, or @example.org")
    if not provider.tells_address and is_domain:
        raise AccessError(
            f"--allow {entry}: {provider.name} tells a name that people choose (`{provider.known_by}`), no domain"
        )
    if provider.name == "github" and "@" in entry:
        raise AccessError(f"--allow {entry}: github tells user names, so write one")
    return entry
