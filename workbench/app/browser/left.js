// How is shown what was typed in a row that the table does not hold any more?
import {kept, place, fill, newId, isNewRowEmpty, tableShown} from "./drafts.js"

const shown = () => document.getElementById("left")
const cardOf = (id) => [...shown().children].find((one) => one.dataset.of === id)
export const leftField = (id) => cardOf(id)?.querySelector("input")
export const idOfCard = (at) => at.closest("[data-of]")?.dataset.of

// A row may come back, by the undo of who removed it; then its text goes back to its field.
export function showLeft(words) {
  const table = tableShown()
  for (const [id, one] of kept) {
    if (one.key !== undefined && one.table === table) one.isLeft = !document.getElementById(id)
  }
  for (const card of [...shown().children]) if (!kept.get(card.dataset.of)?.isLeft) card.remove()
  for (const [id, one] of kept) if (one.isLeft && !cardOf(id)) shown().append(card(id, one, words))
  for (const button of shown().querySelectorAll("[data-put]")) {
    // A new row that is being filled in is not written over.
    button.hidden = !isNewRowEmpty(kept.get(idOfCard(button)).table)
  }
  shown().hidden = shown().children.length === 0
}

function card(id, one, words) {
  const made = document.createElement("div")
  made.dataset.of = id
  const isFound = Boolean(document.getElementById("find")?.value) || document.querySelector("#worktable .note")
  const told = element("p", {textContent: isFound ? words.not_shown : words.gone})
  told.setAttribute("role", "alert")
  const field = element("input", {value: one.said ?? one.value, readOnly: one.said !== undefined, spellcheck: false})
  const label = element("label", {textContent: one.what})
  label.append(field)
  const buttons = element("p", {className: "buttons"})
  buttons.append(button("put", words.put), button("dismiss", words.dismiss))
  made.append(told, label, buttons)
  return made
}

function button(name, text) {
  const made = element("button", {type: "button", textContent: text})
  made.dataset[name] = ""
  return made
}

const element = (name, properties) => Object.assign(document.createElement(name), properties)

// The row as it was, with what was typed in it, becomes the new row; every text of it is then there.
export function putInNewRow(id) {
  const {table, key, row} = kept.get(id)
  const same = [...kept].filter(([, one]) => one.table === table && one.key === key)
  const values = {...row, ...Object.fromEntries(same.map(([, one]) => [one.column, one.value]))}
  for (const [column, value] of Object.entries(values)) {
    if (value === "") continue
    kept.set(newId(table, column), {value, before: "", table})
    const field = document.getElementById(newId(table, column))
    if (field) fill(field, value)
  }
  return same
}

export function focusNewRow() {
  const field = document.querySelector("tr.new input, tr.new select")
  field?.scrollIntoView({block: "nearest"})
  if (field) place(field, null)
}
