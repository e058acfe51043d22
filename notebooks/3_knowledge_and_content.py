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
# # Step 3: knowledge and content
#
# **Does the answer exist, does it still hold, can it be used on the channel where people ask, and can anyone find it?**
#
# Each contact stands in one place only: the first thing that is wrong with its answer decides which. *No answer* comes
# before *only in someone's head*, then *unfit for this channel*, *expired*, *never reviewed*, *not to be found*.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
content = wb.content(project)
wb.chart(content)

# %% [markdown]
# ## What depends on the gaps?
#
# *At stake* is what all contacts about the question cost at the touchpoints concerned. It is an upper bound, good for
# deciding where to begin, and not a saving: most of those contacts stay when the answer is right.

# %%
content["content_gaps"].head(10)

# %% [markdown]
# ## What would writing an answer open?
#
# This is a benefit: moves to another channel that wait for an answer (see step 2). Where something else blocks a move
# as well, writing alone is not enough. So begin with the rows in which nothing else does:

# %%
content["content_unblocks"].where(other_gates="nothing").head(6)

# %% [markdown]
# ## Who has to review what, and when?
#
# Answers expire (`review_every` in the model). What is overdue comes first.

# %%
wb.chart(content, "calendar")

# %%
content["content_calendar"].head(8)

# %% [markdown]
# Answers that still hold, but not for long, or with nobody who keeps them right:

# %%
content["content_risks"].head(6)

# %% [markdown]
# ## What would an agent find?
#
# Words count by their stem, in Dutch and English, and Dutch compounds are taken apart: *verhuisformulier* finds
# *formulier* and *verhuizing*. The content of this example is Dutch, so are the questions.

# %%
asked = wb.content(
    project,
    questions=[
        "Waar vind ik het verhuisformulier?",
        "Mijn paspoort is gestolen",
        "Mag mijn dakkapel zonder vergunning?",
    ],
)
asked["content_search"]

# %% [markdown]
# ## What did customers really ask?
#
# Export the questions from a mailbox or from the search box of the website, one a line. E-mail addresses, numbers and
# post codes are left out before anything is looked up, nothing is kept, and only words that enough questions share are
# shown. (Here three questions are made up and repeated.)

# %%
logged = (
    ["Waarom is de bibliotheek dicht?"] * 12 + ["Is mijn paspoort klaar?"] * 20 + ["Kapvergunning voor een eik"] * 2
)
wb.content(project, log=logged)["content_questions"]

# %% [markdown]
# ## What does this rest on?
#
# Every row names the file and line of the volume and of the content; here are the numbers with their grade.

# %%
content.assumptions
