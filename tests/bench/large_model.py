"""Which model has thousands of touchpoints, with reasons, volumes, content, journeys, teams and a scenario?"""

from __future__ import annotations

import random
from pathlib import Path

CHANNELS = ("phone", "email", "web", "counter", "letter", "chat")
STEPS = 12
HEAD = """channels:
  phone: {extends: library.phone, cost_per_hour: EUR 48}
  email: {extends: library.email, cost_per_hour: EUR 48}
  web: {extends: library.web}
  counter: {extends: library.counter, cost_per_hour: EUR 48}
  letter: {extends: library.letter, cost_per_hour: EUR 48}
  chat: {extends: library.chat, cost_per_hour: EUR 48}
"""
SCENARIO = """scenarios:
  faster:
    measures: [{kind: handling_time, touchpoints: [t0], reduction: 10%..25%}]
    investments: [{what: knowledge base, once: EUR 60000, running: EUR 800/month, start: 2027-01}]
    ramp: 6 months
    horizon: 36 months
    discount_rate: 2.25%
    cashable: 50%..80%
"""


def large_model(root: Path, touchpoints: int) -> Path:
    """Write a project with so many touchpoints, each with a volume; a reason for every ten, a team for every twenty."""
    rng = random.Random(1)
    reasons, teams = max(1, touchpoints // 10), max(1, touchpoints // 20)
    parts = [HEAD, "teams:\n"]
    parts += [f"  team{i}: {{people: 9, fte: 7, cost_per_hour: EUR 45, shrinkage: 30%, "
              "hours: [mon-fri 08:30-17:00]}\n" for i in range(teams)]  # fmt: skip
    parts.append("touchpoints:\n")
    parts += [f"  t{i}: {{name: {{nl: Contactpunt {i}, en: Touchpoint {i}}}, channel: {CHANNELS[i % len(CHANNELS)]}, "
              f"owner: team{i % teams}}}\n" for i in range(touchpoints)]  # fmt: skip
    parts.append("reasons:\n")
    parts += [f"  r{i}: {{name: {{nl: Vraag {i}, en: Question {i}}}, category: information, complexity: 2/5, "
              f"emotion: 1/5, value: {{customer: {rng.choice(('value', 'irritant'))}, organisation: irritant}}}}\n"
              for i in range(reasons)]  # fmt: skip
    parts.append("content:\n")
    parts += [f"  c{i}: {{title: Antwoord {i}, answers: [r{i}], kind: web_page, fit_for: [web, phone], "
              f"reviewed: 2026-0{i % 9 + 1}-01, review_every: 6 months}}\n" for i in range(0, reasons, 2)]  # fmt: skip
    parts.append("volumes:\n")
    parts += [f"  - {{touchpoint: t{i}, reason: r{i % reasons}, contacts: {rng.randint(20, 900)}/month, "
              f"handling_time: {rng.randint(2, 9)}m, wait: 40s}}\n" for i in range(touchpoints)]  # fmt: skip
    parts.append("journeys:\n")
    for journey in range(max(1, touchpoints // 100)):
        parts.append(f"  j{journey}:\n    starts: {rng.randint(50, 500)}/month\n    steps:\n")
        for step in range(STEPS):
            at = (journey * 100 + step) % touchpoints
            after = f"s{step + 1}: 90%, gave_up: 10%" if step + 1 < STEPS else "resolved: 100%"
            parts.append(f"      s{step}: {{touchpoint: t{at}, reason: r{at % reasons}, own_time: 3m, "
                         f"next: {{{after}}}}}\n")  # fmt: skip
    parts.append(SCENARIO)
    (root / "model").mkdir(parents=True, exist_ok=True)
    (root / "workbench.yaml").write_text("name: large\n", encoding="utf-8")
    (root / "model" / "model.yaml").write_text("".join(parts), encoding="utf-8")
    return root
