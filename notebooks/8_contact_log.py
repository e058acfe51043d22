# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The contact log: can we believe our own model?
#
# A model is what we believe: how many people call, how long it takes, where they go next. The contact log is what
# happened. This notebook holds one against the other: **which of our numbers does the log confirm, which does it
# contradict, how do customers really go, and what would the model say if the log had its way?**
#
# The municipality does not exist, so its log is simulated, from a truth that differs from the model in a few places.
# The model does not know which; the log has to tell. On a project of your own, start at *Read the log*.

# %%
import shutil
import tempfile
from pathlib import Path

import workbench as wb

folder = Path(tempfile.mkdtemp()) / "gemeente"
shutil.copytree("../examples/gemeente", folder)
project = wb.open(folder, lang="en")
project

# %% [markdown]
# ## A log to look at
#
# `truth.yaml` says what is really so. Nothing else reads it.

# %%
made = wb.simulate(project, folder / "log.csv", seed=7, contacts=60_000, truth=folder / "truth.yaml")
f"{made.contacts:,} contacts from {made.start}"

# %% [markdown]
# ## Read the log
#
# Every row is accounted for: read = accepted + duplicate + filtered + quarantined. Customers become keyed pseudonyms;
# the key stays outside the project. A real export needs only another profile (`workbench log profiles`), and
# `workbench log profile FILE` writes a first one.

# %%
wb.ingest(project, folder / "log.csv", "generic_csv", key=folder.parent / "pseudonyms.key")

# %% [markdown]
# ## What happened?
#
# Each answer comes with n and a 95% interval. Groups too small to be anonymous are withheld.

# %%
log = wb.open_log(project)
wb.measure(project, log, "volume", by="channel")

# %% [markdown]
# When do people come?

# %%
wb.chart(wb.measure(project, log, "arrivals"))

# %% [markdown]
# ## Which of our assumptions hold?
#
# Contradictions come first, the largest first. *Validated*: the whole 95% interval lies within the tolerance (10% for
# volumes and times, 5 points for shares, or the range the model states). *Contradicted*: outside it, and by more than
# chance explains after a correction for testing many numbers at once. *Too few*: not enough contacts to tell. *Source*
# is where to look in the YAML.

# %%
found = wb.ledger(project, log)
found.head(12)

# %%
{verdict: found.count(verdict) for verdict in ("contradicted", "validated", "undecided", "too_few")}

# %% [markdown]
# A number can be right on average and still move. The column *drift* says which assumptions tell another story at the
# end of the log than at the start; here nothing was made to drift.
#
# ## Do customers go the way we planned?
#
# Each journey in the log belongs to the planned journey that explains it best. Above or before an arrow stands what we
# planned, below or after it what happened. Blue: the log says otherwise, and surely so. Purple with a plus: nobody
# planned this. Grey: planned and not seen, or a step that no log can see.

# %%
followed = wb.conformance(project, log)
wb.chart(followed, of="passport_renewal")

# %% [markdown]
# How well they fit, by four measures that answer four questions: how much of a journey has to change to fit the plan,
# which share of its moves is planned, whether the order of contacts is the same, and whether the mix is.

# %%
followed["conformance"]

# %% [markdown]
# Nearly everybody goes the ways that were planned: deviations are too rare to show (`followed["deviations"]` would name
# them). What differs is how often each way is taken: planned and made, of those who come to the step.

# %%
followed["conformance_paths"].head(10)

# %% [markdown]
# ## Which journeys does the log hold by itself?
#
# Without any model: what follows what, with the interval of each share. Small groups are lumped together.

# %%
wb.actual_journeys(project, log).head(8)

# %% [markdown]
# A first model of them, ready to be named and completed by people who know:

# %%
wb.discover(project, log).head(36)

# %% [markdown]
# ## How are times spread?
#
# A mean hides the long tail. Most calls are shorter than it, and one in ten takes much longer.

# %%
wb.measure(project, log, "handling_time_spread", by="channel")

# %%
wb.chart(wb.spread(project, log, "handling_time_s", where={"touchpoint": "kcc_phone"}))

# %% [markdown]
# ## "The phone no longer leads"
#
# People say such things in meetings. A claim about a share is tried with one line. It holds when the whole interval
# lies on its side; weeks differ from one another by more than chance, and the interval knows.

# %%
claims = ["channel=phone not leading", "channel=phone below 30%", "channel=phone falling", "channel=counter rising"]
wb.hypotheses(project, log, claims)

# %% [markdown]
# ## What would the model say if the log had its way?
#
# Calibration proposes new values as a change of the YAML, comments and order kept. Nothing is written until you say so
# (`change.write()`, or `workbench calibrate --write`). A calibrated value is *measured*; only later contacts can make
# it *validated*, for a number cannot be confirmed by the data it was taken from.

# %%
change = wb.calibrate(project, log, only=["contradicted"])
change.head(6)

# %%
change.diff.head(40)

# %% [markdown]
# ## And can we believe that?
#
# The honest test: calibrate on the first part of the log, predict the rest, and count how often the 95% interval held.

# %%
wb.prediction(project, log)

# %%
log.close()
shutil.rmtree(folder.parent)
"the copy is gone"
