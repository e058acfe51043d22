"""Which reports do the tests of the report share?"""

from __future__ import annotations
