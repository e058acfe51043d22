"""Which login providers can be asked who somebody is, and what does each need to be told?

Names of providers and of settings are those of Panel, so that its manuals on registering an application hold here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from workbench.app.door.access import AccessError, is_loopback

NAMES = ("azurev2", "github", "gitlab", "google", "generic")
_KEY, _SECRET, _TENANT = "PANEL_OAUTH_KEY", "PANEL_OAUTH_SECRET", "AAD_TENANT_ID"
_URLS = ("PANEL_OAUTH_AUTHORIZE_URL", "PANEL_OAUTH_TOKEN_URL", "PANEL_OAUTH_USER_URL")
_SCOPE = "openid email profile"
_EVERYBODY = ("common", "consumers", "organizations")
"""What Microsoft calls the tenants of all; there anybody can give himself any e-mail address."""


@dataclass(frozen=True)
class Provider:
    """A login provider, with what it knows this page by.

    Attributes:
        name: as `--oauth` has it.
        key, secret: what the provider gave for this page.
        authorize, token, user: where people log in, where a code becomes a token, where a token tells who it is.
        known_by: the field of that answer which says who it is.
        scope: what is asked for.
        says_verified: whether it always says if an e-mail address was verified.
    """

    name: str
    key: str
    secret: str = field(repr=False)
    authorize: str
    token: str
    user: str
    known_by: str = "email"
    scope: str = _SCOPE
    says_verified: bool = False

    @property
    def tells_address(self) -> bool:
        """Whether people are known by their e-mail address, not by a name they chose."""
        return self.known_by == "email"


def provider(name: str, settings: Mapping[str, str]) -> Provider:
    """A login provider by its name.

    Args:
        name: one of `NAMES`.
        settings: the environment variables.

    Raises:
        AccessError: there is no such provider, or a setting lacks or holds what cannot be used.
    """
    if name not in NAMES:
        others = ", ".join(NAMES[:-1])
        raise AccessError(f"--oauth {name} is none of {others}; any other provider goes by generic and its addresses")
    _require(name, settings)
    key, secret = settings[_KEY], settings[_SECRET]
    match name:
        case "github":
            site, told = "https://github.com/login/oauth", "https://api.github.com/user"
            urls = (f"{site}/authorize", f"{site}/access_token", told)
            return Provider(name, key, secret, *urls, known_by="login", scope="")
        case "gitlab":
            site = "https://gitlab.com/oauth"
            urls = (f"{site}/authorize", f"{site}/token", f"{site}/userinfo")
            return Provider(name, key, secret, *urls, says_verified=True)
        case "google":
            told = "https://openidconnect.googleapis.com/v1/userinfo"
            urls = ("https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token", told)
            return Provider(name, key, secret, *urls, says_verified=True)
        case "azurev2":
            site = f"https://login.microsoftonline.com/{_tenant(settings[_TENANT])}/oauth2/v2.0"
            urls = (f"{site}/authorize", f"{site}/token", "https://graph.microsoft.com/oidc/userinfo")
            return Provider(name, key, secret, *urls)
    authorize, token, told = (_url(one, settings[one]) for one in _URLS)
    known_by = settings.get("PANEL_USER_KEY") or "email"
    scope = (settings.get("PANEL_OAUTH_SCOPE") or _SCOPE).replace(",", " ")
    return Provider(name, key, secret, authorize, token, told, known_by, scope)


def _require(name: str, settings: Mapping[str, str]) -> None:
    """Everything that lacks is told at once."""
    more = {"generic": _URLS, "azurev2": (_TENANT,)}.get(name, ())
    lacking = [one for one in (_KEY, _SECRET, *more) if not settings.get(one)]
    if lacking:
        raise AccessError(
            f"--oauth {name} needs the environment variable{'s' * (len(lacking) > 1)} {', '.join(lacking)}: "
            "what the provider showed when this page was registered with it"
        )


def _tenant(tenant: str) -> str:
    if tenant.lower() in _EVERYBODY or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", tenant):
        raise AccessError(f"{_TENANT} must be the id or the domain of your own tenant, got {tenant!r}")
    return tenant


def _url(name: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))):
            return url
    except ValueError:
        pass
    raise AccessError(f"{name} must be an address with https://, for the secret goes that way, got {url!r}")
