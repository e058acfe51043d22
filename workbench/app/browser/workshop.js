// How does what is typed in a table reach the server, and stay when the table is shown anew?
import {kept, fieldsIn, cellOf, of, collect, fill, place, isNewRowEmpty, tableShown, takeUp} from "./drafts.js"
import {showLeft, leftField, idOfCard, putInNewRow, focusNewRow} from "./left.js"

const PAUSE_MS = 300
// By id of its field: a cell that is being written, with the text that was asked for, and what the table came with since.
const writing = new Map()
// By table: the rows that are being added, as they were asked for.
const adding = new Map()
let isShowing = false
let pause = null
let say = () => {}
let words = {}

export function wireWorkshop(speak, known) {
  say = speak
  words = known
  document.addEventListener("input", (event) => {
    const cell = cellAt(event)
    if (cell) typed(cell, event.target.value)
    if (event.target.closest?.("tr.new")) offer()
    const left = kept.get(idOfCard(event.target))
    if (left) left.value = event.target.value
  })
  // A choice is made at once; a text is left. A field that was shown anew while one typed tells of no change.
  for (const kind of ["change", "focusout"]) document.addEventListener(kind, (event) => leave(cellAt(event)))
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button")
    if (button) press(button)
  })
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("tr.new")
    const cell = cellAt(event)
    if (cell && event.key === "Escape" && event.target.value !== cell.dataset.before) {
      clearTimeout(pause)
      write(cell, {kind: "settle", which: "theirs"})
    }
    if (row && event.key === "Enter" && event.target.tagName !== "BUTTON") add(row)
  })
  takeUp()
  showLeft(words)
}

export const isTyping = () => Boolean(document.activeElement?.matches("[data-cell] > *, tr.new input, #left input"))

const cellAt = (event) => event.target.closest?.("[data-cell]")

function typed(cell, value) {
  clearTimeout(pause)
  const asked = {kind: "typed", ...of(cell.dataset), value}
  pause = setTimeout(() => say(asked), PAUSE_MS)
}

function press(button) {
  const {dataset} = button
  if ("undo" in dataset) say({kind: "undo"})
  else if ("remove" in dataset) say({kind: "remove", table: dataset.table, key: dataset.key})
  else if ("add" in dataset) add(button.closest("tr"))
  else if ("clear" in dataset) clear(button.closest("tr"))
  else if ("put" in dataset) putBack(idOfCard(button))
  else if ("dismiss" in dataset) dismiss(idOfCard(button))
  else if (dataset.settle) {
    write(button.closest("td").querySelector("[data-cell]"), {kind: "settle", which: dataset.settle})
  }
}

function leave(cell) {
  if (!cell || isShowing || writing.has(cell.firstElementChild.id)) return
  // A cell in dispute is settled by a choice alone.
  if (cell.dataset.state === "conflict" || cell.firstElementChild.value === cell.dataset.before) return
  clearTimeout(pause)
  write(cell, {kind: "edit", before: cell.dataset.before})
}

function write(cell, message) {
  const {id, value} = cell.firstElementChild
  if (writing.has(id)) return
  writing.set(id, {asked: value})
  cell.dataset.state = "saving"
  say({...message, ...of(cell.dataset), value})
}

// The same for a text whose field is not shown.
function writeUnseen(id) {
  const one = kept.get(id)
  if (writing.has(id)) return
  writing.set(id, {asked: one.value})
  say({kind: "edit", ...of(one), before: one.before, value: one.value})
}

function add(row) {
  const table = row.dataset.new
  const values = {}
  for (const field of row.querySelectorAll("input, select")) values[field.id.slice(`new:${table}:`.length)] = field.value
  const asked = adding.get(table) ?? []
  // Pressed twice, it is added once.
  if (asked.length && JSON.stringify(asked.at(-1)) === JSON.stringify(values)) return
  adding.set(table, [...asked, values])
  say({kind: "add", table, values})
}

export function added({table, isDone}) {
  const values = adding.get(table)?.shift()
  if (!isDone || !values) return
  for (const [column, value] of Object.entries(values)) {
    // The next row may be begun already.
    const id = `new:${table}:${column}`
    const field = document.getElementById(id)
    if (field?.value === value) field.value = ""
    if (kept.get(id)?.value === value) kept.delete(id)
  }
  offer()
}

function clear(row) {
  for (const field of row.querySelectorAll("input, select")) field.value = ""
  say({kind: "clear", table: row.dataset.new})
  offer()
  focusNewRow()
}

// A new row that holds something can be cleared, and is not written over.
function offer() {
  const row = document.querySelector("tr.new")
  if (row) {
    collect(row)
    row.querySelector("[data-clear]").hidden = isNewRowEmpty(row.dataset.new)
  }
  showLeft(words)
}

function putBack(id) {
  const {table} = kept.get(id)
  const same = putInNewRow(id)
  for (const [one] of same) forget(one)
  offer()
  if (table === tableShown()) focusNewRow()
  else say({kind: "choose", name: "table", value: table})
}

function dismiss(id) {
  forget(id)
  showLeft(words)
  const next = document.querySelector("#left input") ?? document.querySelector("#worktable .table") ??
    document.getElementById("main")
  next.focus({preventScroll: true})
}

// Nothing is told any more of a text that its viewer let go.
function forget(id) {
  const one = kept.get(id)
  kept.delete(id)
  say({kind: "settle", which: "theirs", ...of(one), value: one.value})
}

// What was typed since it was sent stays: it is based on what stands in the file now.
export function edited({id, kind, now}) {
  const one = writing.get(id)
  writing.delete(id)
  const field = document.getElementById(id)
  const cell = field && cellOf(field)
  if (!cell) {
    editedUnseen(id, kind, now, one)
    return
  }
  const isTypedOn = one !== undefined && field.value !== one.asked
  cell.dataset.state = kind
  if (kind === "done") {
    // The file may write it otherwise than it was typed. What another wrote after it was never seen by who types on.
    cell.dataset.before = isTypedOn ? now : one?.latest ?? now
    if (!isTypedOn) field.value = cell.dataset.before
  }
  if (isTypedOn && kind !== "conflict") {
    delete cell.dataset.state
    if (field !== document.activeElement) leave(cell)
  }
}

function editedUnseen(id, kind, now, asked) {
  const one = kept.get(id)
  if (!one) return
  const isTypedOn = asked !== undefined && one.value !== asked.asked
  Object.assign(one, {state: kind, isLeft: one.isLeft || kind === "gone"})
  if (kind === "done" && !isTypedOn) kept.delete(id)
  else if (isTypedOn && kind !== "conflict" && !one.isLeft) {
    if (kind === "done") one.before = now
    delete one.state
    writeUnseen(id)
  }
  showLeft(words)
}

// What is being typed, and was not written yet, stays in its field with the value that it was based on; so that it is
// seen when somebody else changed the same cell meanwhile.
export function hold(region) {
  isShowing = true
  const here = [...fieldsIn(region)].find((field) => field === document.activeElement)
  const caret = here?.selectionStart
  collect(region)
  return () => {
    const again = show(region)
    const typing = typedOn(again) ?? (here && {id: here.id, caret})
    isShowing = false
    offer()
    if (typing) typeOn(typing, here)
    for (const id of again) if (id !== typing?.id) leave(cellOf(document.getElementById(id)))
  }
}

// The cell that came back while one was typing on beside the table, or before the page was loaded anew.
function typedOn(again) {
  const left = again.find((id) => leftField(id) === document.activeElement)
  if (left) return {id: left, caret: leftField(left).selectionStart}
  const id = again.find((one) => kept.get(one).isHere)
  return id && {id, caret: kept.get(id).at}
}

// Typing goes on in the field, or beside the table when its row is gone; who sees another table has left it.
function typeOn({id, caret}, here) {
  const field = document.getElementById(id) ?? leftField(id)
  if (field) place(field, caret)
  else if (here && cellOf(here) && kept.has(id)) writeUnseen(id)
}

// Fill in what was typed; the ids of the cells of which the server has to be asked once more.
function show(region) {
  const again = []
  for (const field of fieldsIn(region)) {
    const one = kept.get(field.id)
    if (!one) continue
    const cell = cellOf(field)
    if (cell && (one.isAgain || one.isLeft)) {
      again.push(field.id)
      Object.assign(one, {state: undefined, isAgain: false, isHere: one.isAgain && one.isHere})
    }
    // While it is being written the table may come with it already, or with what somebody else wrote there.
    const asked = writing.get(field.id)
    if (asked && field.value !== one.before) asked.latest = field.value
    fill(field, one.value)
    if (cell) Object.assign(cell.dataset, {before: one.before, ...(one.state ? {state: one.state} : {})})
  }
  return again
}
