"""Which rules does a model have to keep, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the model language: `workbench explain ID` prints it."""

    id: str
    title: str
    question: str
    why: str
    remedy: str
    severity: Literal["error", "warning"] = "error"


_FILES = (
    Rule(
        "file-unreadable",
        "A file of the model cannot be read",
        "Is every file below `model/` a readable text file inside the project?",
        "What cannot be read is silently absent, and a report would look complete without it.",
        "Give the file read permission, replace the folder or link by a file, or move it out of `model/`.",
    ),
    Rule(
        "file-encoding",
        "A file is not UTF-8",
        "Is the file saved as UTF-8?",
        "Names such as 'geboorteregister Curaçao' turn into other words when an encoding is guessed.",
        "Save the file as UTF-8 in the editor (in Excel: 'CSV UTF-8').",
    ),
    Rule(
        "file-empty",
        "A file holds nothing",
        "Was something meant to stand in this file?",
        "An empty file is often a save that failed.",
        "Fill the file or delete it.",
        "warning",
    ),
    Rule(
        "file-too-large",
        "A file is larger than a model can be",
        "Is this a model, or a log that strayed into `model/`?",
        "Logs, exports and expected answers live outside `model/`.",
        "Move the file out of `model/`, or split it.",
    ),
    Rule(
        "yaml-syntax",
        "A file is not valid YAML",
        "Are indents, colons, quotes and brackets in order?",
        "A file that does not parse gives no values at all.",
        "Mend the line named; a text with ': ' or ' #' in it needs quotes.",
    ),
    Rule(
        "yaml-tab",
        "A tab stands where YAML wants spaces",
        "Is the line indented with spaces?",
        "YAML forbids tabs as indentation because editors show them at different widths.",
        "Replace the tab by spaces.",
    ),
    Rule(
        "yaml-tag",
        "A value carries a tag",
        "Is there a '!' in front of the value?",
        "Tags can ask a reader to build arbitrary objects; a model is plain data.",
        "Delete the tag; put the text in quotes if it starts with '!'.",
    ),
    Rule(
        "yaml-duplicate-key",
        "A key stands twice in one mapping",
        "Which of the two values is meant?",
        "Most readers keep the last one and lose the first without a word.",
        "Delete or rename one of the two.",
    ),
    Rule(
        "yaml-key",
        "A key is not a plain word",
        "Is the key a word on one line?",
        "Keys are names that other places refer to.",
        "Write a word before the colon; a list or mapping cannot be a key.",
    ),
    Rule(
        "yaml-merge-key",
        "The merge key '<<' is used",
        "Should this record take over another?",
        "'<<' is not part of YAML 1.2, and it merges one level only.",
        "Write `extends: ID` instead.",
    ),
    Rule(
        "yaml-alias",
        "Aliases refer to themselves or grow without bound",
        "Does a small file stand for a huge one?",
        "Aliases of aliases can turn a kilobyte into gigabytes.",
        "Write the values out, or use `extends`.",
    ),
    Rule(
        "yaml-nesting",
        "Values are nested too deep",
        "Are there dozens of brackets inside one another?",
        "No part of a model is deeper than ten levels; what is deeper is a mistake or an attack.",
        "Close the brackets where they belong.",
    ),
    Rule(
        "comma-split",
        "A comma split a value in two",
        "Is a decimal comma or a list standing in a {flow mapping}?",
        "In `{a: 2,5}` the comma ends the value: it reads a = 2 and a second key 5.",
        "Write 2.5, or put the value in quotes.",
    ),
)

_VALUES = (
    Rule(
        "unknown-key",
        "A key is not part of the language",
        "Is the key spelled as in the reference?",
        "A misspelt key would leave its value unused without anyone noticing.",
        "Use the name the message proposes; `workbench schema` lets an editor check while you type.",
    ),
    Rule(
        "missing-key",
        "A record lacks a key it cannot do without",
        "Which value belongs here?",
        "Without it the record cannot be placed in the model at all; most other values may stay open.",
        "Add the key named.",
    ),
    Rule(
        "null-value",
        "A key has no value",
        "What should stand behind the colon?",
        "An empty value is as often an accident (`>5` without quotes) as an intention.",
        "Give a value or delete the line. Only in a record with `extends` does null mean: take away.",
    ),
    Rule(
        "wrong-type",
        "A value has the wrong form",
        "Is a list, a mapping or a single value wanted here?",
        "A value of another form cannot be read as what its key stands for.",
        "Write the form the message asks for.",
    ),
    Rule(
        "unknown-word",
        "A value is not one of the words allowed",
        "Is the word spelled as in the reference?",
        "Analyses decide by these words.",
        "Use one of the words listed.",
    ),
    Rule(
        "unit-missing",
        "A quantity has no unit",
        "Is it seconds or minutes, a month or a year?",
        "390 can be 390 seconds or 390 minutes, a factor of sixty in the business case.",
        "Write the unit behind the number: 390s, 6m30s, 1200/month, EUR 45.",
    ),
    Rule(
        "quantity",
        "A quantity cannot be read",
        "Does it consist of a number and a unit the field knows?",
        "A quantity that is guessed is worse than one that is missing.",
        "Write it as the message shows.",
    ),
    Rule(
        "ambiguous-number",
        "A number can be read in two ways",
        "Is the dot or comma a decimal sign or a thousands separator?",
        "1.200 is twelve hundred in Dutch and one point two in English.",
        "Write 1200, or 1.2: any number of decimals but three.",
    ),
    Rule(
        "out-of-range",
        "A value lies outside what is possible",
        "Can a share be more than 100%, a time less than nothing?",
        "Impossible inputs give possible-looking results.",
        "Correct the value.",
    ),
    Rule(
        "range-order",
        "A range runs backwards",
        "Is the first number the smaller one?",
        "a..b stands for the 10th and 90th percentile.",
        "Swap the two ends.",
    ),
    Rule(
        "currency",
        "An amount is not in the project's currency",
        "Is the amount in the currency of `workbench.yaml`?",
        "Amounts in two currencies cannot be added without a rate and a date.",
        "Convert the amount and name the rate in its evidence.",
    ),
    Rule(
        "control-character",
        "A text holds a control character",
        'Did an escape such as "\\x1b" or "\\0" get into the text?',
        "A terminal obeys such signs, and pictures and workbooks cannot hold them.",
        "Delete it; line breaks and tabs may stay.",
    ),
    Rule(
        "bad-id",
        "An id is not in snake_case",
        "Does the id consist of small letters, digits and underscores, and start with a letter?",
        "Ids stand in file names, links and formulas.",
        "Rename it, and put the name people read into `name`.",
    ),
)

_REFERENCES = (
    Rule(
        "duplicate-id",
        "An id is given twice",
        "Which of the two records is meant?",
        "All files merge into one model: an id is one thing.",
        "Rename or delete one of the two.",
    ),
    Rule(
        "duplicate-volume",
        "A volume is given twice",
        "Do both records count the same contacts?",
        "Touchpoint, reason and persona together are the key; two records would count contacts twice.",
        "Merge the two, or give each its own persona; a total beside its parts is a second count too.",
    ),
    Rule(
        "unknown-reference",
        "A name refers to nothing",
        "Does the record exist under this id?",
        "Volumes and journeys hang on these names.",
        "Use the id proposed, or add the record.",
    ),
    Rule(
        "extends",
        "A record extends something that is not there, or itself",
        "Does the parent exist, and does the chain end?",
        "A chain that comes back to its start has no values.",
        "Name an id of the same kind, or `library.NAME`.",
    ),
    Rule(
        "duplicate-moment",
        "A moment of truth is given twice",
        "Which of the two judgements holds?",
        "Two judgements of one step would be averaged or one would be lost.",
        "Keep one, and put the other opinion in its evidence.",
    ),
    Rule(
        "unknown-top-level",
        "A file holds a top-level key that is not part of the language",
        "Is this a file of the model?",
        "Everything below `model/` is read as model.",
        "Use one of the keys listed, or move the file out of `model/`.",
    ),
)

_JOURNEYS = (
    Rule(
        "shares-sum",
        "The shares of a row do not add up to one",
        "What do the other customers do?",
        "Shares off one make customers appear or vanish.",
        "Correct the shares, or give one of them `rest`: it takes what remains.",
    ),
    Rule(
        "unreachable-step",
        "Nobody ever reaches a step",
        "Which step leads here?",
        "A step without visits has no effort, no cost and no place on the map.",
        "Name it in a `next` or in `start`, or delete it.",
    ),
    Rule(
        "no-end",
        "A set of steps never ends",
        "How do customers leave these steps?",
        "Expected visits are infinite when nobody can leave.",
        "Give one of the steps a way to `resolved` or `gave_up`.",
    ),
    Rule(
        "never-resolved",
        "No customer of a journey is ever helped",
        "Which step leads to `resolved`?",
        "A journey that everyone gives up is seldom meant; most often the last step lacks its `next: resolved`.",
        "Let one of the steps lead to `resolved`.",
        "warning",
    ),
    Rule(
        "phase-unknown",
        "A step stands in a phase that the journey lacks",
        "Is the phase one of the journey's `phases`?",
        "The map draws phases in the order of the list.",
        "Add the phase to `phases`, or correct the step.",
    ),
    Rule(
        "persona-mix",
        "The personas of a journey do not add up to one",
        "Who are the others?",
        "The mixture weighs each persona's journey by its share.",
        "Correct the shares, or give one of them `rest`.",
    ),
    Rule(
        "flow-exceeds-volume",
        "A journey brings more contacts than were counted",
        "Is the number of starts too high, or the volume too low?",
        "The inventoried volume wins, so the journey is partly fiction.",
        "Check `starts`, the shares, and the volume's source.",
        "warning",
    ),
    Rule(
        "hygiene-nine",
        "A nine is claimed for hygiene",
        "Does a fast answer make anyone an ambassador?",
        "Answering within two hours or settling a complaint in a day is what customers expect anyway.",
        "Lower the ambition to `easy`, or say what is special about it.",
        "warning",
    ),
    Rule(
        "ambition-without-means",
        "An ambition has no behaviour or no mandate behind it",
        "What do staff do there, and what may they spend without asking?",
        "A moment becomes special by what people do; an ambition that nobody may act on stays a poster.",
        "Add `behaviours` and `may_spend`, or lower the ambition.",
        "warning",
    ),
    Rule(
        "moment-without-human",
        "A moment of truth happens where no person can be reached",
        "Can a customer who gets stuck here reach a person?",
        "A moment that decides about trust fails for those whom self-service fails.",
        "Give the touchpoint `human_fallback: yes`, or move the moment to people.",
        "warning",
    ),
    Rule(
        "measure-hits-nothing",
        "A measure is about contacts that nobody counted",
        "Are there contacts for this reason at this touchpoint?",
        "Its saving is nothing, silently: the scenario looks poorer than it was meant.",
        "Add the volume, or correct the reason or the touchpoint.",
        "warning",
    ),
    Rule(
        "outside-scenario",
        "A measure or an investment lies outside the months of its scenario",
        "Does it start while the scenario runs?",
        "What is paid or saved outside the months that are calculated would not count, and the case would look better "
        "or poorer than it is.",
        "Correct the month, or the start or the horizon of the scenario.",
    ),
    Rule(
        "rate-implausible",
        "A discount rate is below zero or above thirty per cent",
        "Is the rate a yearly one, with the right sign?",
        "A negative rate makes money of later years worth more than today's; a slip in the sign turns a case around.",
        "Write the yearly rate that the finance department uses.",
        "warning",
    ),
    Rule(
        "channel-cannot-carry",
        "A shift goes to a channel that can hardly carry the reason",
        "Is the channel fit for the emotion, complexity and identification of the reason?",
        "Contacts that do not fit a channel come back, angrier; the leakage is then larger than assumed.",
        "Choose another touchpoint, leave the reason out, or correct the channel's limits.",
        "warning",
    ),
    Rule(
        "volume-implausible",
        "A number is possible but hardly meant",
        "Is the unit right?",
        "A mean handling time above eight hours, a wait above a day, an hour above 500 or a date in the future is most "
        "often a slip of the pen.",
        "Check the unit; state the source in `evidence` if it is true.",
        "warning",
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in (*_FILES, *_VALUES, *_REFERENCES, *_JOURNEYS)}
