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
# # Does the log believe us?
#
# A model is what we believe: how many people call, how long it takes, where they go next. The contact log is what
# happened. This notebook holds one against the other: which of our numbers the log confirms, which it contradicts, how
# customers really go, and what the model would say if the log had its way.
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
list(project.inventory.journeys)

# %% [markdown]
# ## A log to look at
#
# `truth.yaml` says what is really so. Nothing else reads it.

# %%
from workbench.simulation.simulate import simulate

made = simulate(project.inventory, folder / "log.csv", seed=7, contacts=120_000, truth=folder / "truth.yaml")
f"{made.contacts:,} contacts from {made.start}"

# %% [markdown]
# ## Read the log
#
# Every row is accounted for: read = accepted + duplicate + filtered + quarantined. Customers become keyed pseudonyms;
# the key stays outside the project. A real export needs only another profile (`workbench log profiles`), and
# `workbench log profile FILE` writes a first one.

# %%
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.pseudonym import load_key

ingest(
    [folder / "log.csv"],
    load_profile("generic_csv"),
    project.store_file,
    load_key(folder.parent / "pseudonyms.key"),
    time_zone=project.inventory.settings.time_zone,
)

# %% [markdown]
# ## The ledger: which of our assumptions hold?
#
# Contradictions come first, the largest first. *Validated* means that the whole 95% interval lies within the tolerance
# (10% for volumes and times, 5 points for shares, or the range the model states). *Contradicted* means outside it, and
# more than chance explains after a correction for testing many numbers at once. *Too few* says how many contacts would
# decide. The place is where to look in the YAML.

# %%
from contextlib import ExitStack

from workbench.log.opening import open_project_log
from workbench.validation.ledger import ledger

opened = ExitStack()
log = opened.enter_context(open_project_log(project))
found = ledger(project, log)
found.head(12)

# %%
{verdict: found.count(verdict) for verdict in ("contradicted", "validated", "undecided", "too_few")}

# %% [markdown]
# ## Drift: was it true once?
#
# A number can be right on average and still move. The ledger's column *drift* says of which assumptions the months of
# the log tell another story at the end than at the start; here nothing was made to drift.

# %%
{
    "drifting": [entry.label for entry in found.entries if entry.drifting],
    "too few months to tell": sum(entry.drifting is None for entry in found.entries),
}

# %% [markdown]
# ## Plan and reality
#
# Each journey in the log belongs to the planned journey that explains it best. Above or before an arrow stands what we
# planned, below or after it what happened. Blue: the log says otherwise, and surely so. Purple with a plus: nobody
# planned this. Grey: planned and not seen, or a step that no log can see.

# %%
from workbench.pictures.actual import actual_picture
from workbench.validation.conformance.conformance import conformance

followed = conformance(project, log)
actual_picture(project, followed, "passport_renewal")

# %% [markdown]
# How well they fit, by four measures that answer four questions: how much of a journey has to change to fit the plan,
# which share of its moves is planned, whether the order of contacts is the same, and whether the mix is.

# %%
followed["conformance"]

# %% [markdown]
# Where they deviate, and what that costs customers and staff.

# %%
followed["deviations"]

# %% [markdown]
# ## What journeys does the log hold by itself?
#
# Without any model: what follows what, with the interval of each share, and the sequences that occur most. Small groups
# are lumped together. *By case and by customer* shows how much hangs on what we call one journey.

# %%
from workbench.log.journeys import log_journeys

own = log_journeys(log, reasons=True, inventory=project.inventory)
own.head(8)

# %%
own["log_notions"]

# %% [markdown]
# A first model of them, ready to be named and completed by people who know (`workbench journeys discover`).

# %%
from IPython.display import Code

from workbench.log.discovered_model import discovered_yaml
from workbench.log.discovery import discover

Code(discovered_yaml(discover(log, project.inventory), log, project.inventory)[:1500], language="yaml")

# %% [markdown]
# ## How are times spread?
#
# A mean hides the long tail. Half of the calls are much shorter than it, and one in ten takes much longer.

# %%
from workbench.log.distributions import distribution

distribution(log, "handling_time_s", ["channel"])

# %%
from workbench.log.histogram import histogram
from workbench.log.selection import Selection

histogram(log, "handling_time_s", Selection({"touchpoint": ("kcc_phone",)}))

# %% [markdown]
# ## What people say
#
# "The phone is no longer the leading channel." "More and more people come to the counter." A claim about a share is
# tried with one line. It holds when the whole interval lies on its side; weeks differ from one another by more than
# chance, and the interval knows.

# %%
from workbench.validation.hypotheses import hypotheses

claims = ["channel=phone not leading", "channel=phone below 30%", "channel=phone falling", "channel=counter rising"]
hypotheses(project, log, claims)

# %% [markdown]
# ## What would the model say if the log had its way?
#
# Calibration proposes new values as a change of the YAML, comments and order kept. Nothing is written until you say so
# (`workbench calibrate --write`). A calibrated value is *measured*; only later contacts can make it *validated*, for a
# number cannot be confirmed by the data it was taken from.

# %%
from workbench.validation.calibration import calibrate

change = calibrate(project, log, only=["contradicted"])
Code(change.diff[:3000], language="diff")

# %% [markdown]
# ## And can we believe that?
#
# The honest test: calibrate on the first part of the log, predict the rest, and count how often the 95% interval held.

# %%
from workbench.validation.prediction import prediction

prediction(project, log)

# %%
opened.close()
shutil.rmtree(folder.parent)
"the copy is gone"
