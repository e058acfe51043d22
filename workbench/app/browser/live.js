// How does the page show what the server sends, and say what the viewer does?
// The page is made by the server; regions are replaced by their ids, and everything is heard on the document.
import {wireSteps, offerSteps} from "./steps.js"
import {wireDials, settle} from "./dials.js"
import {wireWorkshop, hold, edited, added, isTyping} from "./workshop.js"
import {keep, isAnythingUnwritten} from "./drafts.js"

const words = JSON.parse(document.body.dataset.words)
const byId = (id) => document.getElementById(id)
// On a narrow screen the steps fold away.
const narrow = window.matchMedia("(max-width: 860px)")
const fold = () => { byId("pages").open = !narrow.matches }
narrow.addEventListener("change", fold)
fold()
let bridge = null
const waiting = []

function say(message) {
  if (bridge) bridge.say(message)
  else waiting.push(message)
}

window.addEventListener("bridge", ({detail}) => {
  bridge = detail
  bridge.hear(show)
  bridge.say({kind: "ready"})
  waiting.splice(0).forEach((message) => bridge.say(message))
  document.body.dataset.live = "yes"
})

// What was typed is kept when the page is loaded anew; one is asked before a tab that holds it is closed.
let isKept = false
function turn(go) {
  isKept = keep()
  go()
}
window.addEventListener("pagehide", keep)
document.addEventListener("visibilitychange", () => { if (document.hidden) keep() })
window.addEventListener("beforeunload", (event) => { if (!isKept && isAnythingUnwritten()) event.preventDefault() })

// Without a server nothing is written: that is said, and the page comes back by itself when nobody is typing in it.
const AGAIN_MS = 3000
let isLost = false
let isOver = false
window.addEventListener("lost", () => {
  if (isLost || isOver) return
  isLost = true
  document.body.dataset.live = "lost"
  byId("lost").hidden = false
  const again = setInterval(async () => {
    const answer = await fetch(location.href, {cache: "no-store", redirect: "manual"}).catch(() => null)
    const asksLogin = answer?.type === "opaqueredirect"
    if (isOver || !(answer?.ok || asksLogin)) return
    byId("lost").querySelector("a").hidden = false
    if (asksLogin) clearInterval(again)
    else if (!isTyping() && keep()) {
      clearInterval(again)
      turn(() => location.reload())
    }
  }, AGAIN_MS)
})

// Who logged out sees nothing more here; what was typed comes back with the next login of the same person.
function end() {
  if (isOver) return
  isOver = true
  document.body.dataset.live = "over"
  byId("over").querySelector("span").hidden = !isAnythingUnwritten()
  isKept = keep()
  byId("lost").hidden = byId("left").hidden = true
  byId("over").hidden = false
  for (const id of ["banner", "nav", "chosen", "main", "aside", "left"]) byId(id).replaceChildren()
  byId("over").querySelector("a").focus()
}

function show(message) {
  if (message.over || isOver) {
    end()
    return
  }
  const regions = message.regions ?? {}
  if (message.added) added(message.added)
  if (message.edited) edited(message.edited)
  const focused = document.activeElement?.id
  for (const [id, html] of Object.entries(regions)) {
    const region = byId(id)
    if (region) replace(region, html)
  }
  if ("main" in regions) afterPage()
  if ("aside" in regions) afterStep()
  if (focused && document.activeElement === document.body) {
    // A row that was removed takes its button along.
    const at = byId(focused) ?? document.querySelector("#worktable .table")
    at?.focus({preventScroll: true})
  }
  byId("status").textContent = message.busy ? words.busy : ""
  document.body.dataset.busy = message.busy ? "yes" : "no"
  if (message.query !== undefined) address(message.query)
  if (message.turn !== undefined) settle(message.turn)
  document.body.dataset.shown = String(Number(document.body.dataset.shown ?? 0) + 1)
}

function replace(region, html) {
  // What a reader folded out stays so where the region is shown anew.
  const restore = hold(region)
  const open = new Set([...region.querySelectorAll("details[open] > summary")].map((one) => one.textContent))
  region.innerHTML = html
  for (const summary of region.querySelectorAll("details > summary")) {
    if (open.has(summary.textContent)) summary.parentElement.open = true
  }
  restore()
}

let opened = new URLSearchParams(location.search).get("page")

function address(query) {
  if (`?${query}` === location.search) return
  const page = new URLSearchParams(query).get("page")
  // A page is a step back; a slider is not.
  if (page !== opened) history.pushState(null, "", `?${query}`)
  else history.replaceState(null, "", `?${query}`)
  opened = page
}

function afterPage() {
  offerSteps(document)
  const line = new URLSearchParams(location.search).get("at")
  const at = line && document.querySelector(`#main [data-n="${CSS.escape(line.split(":").pop())}"]`)
  if (at) {
    at.classList.add("here")
    at.scrollIntoView({block: "center"})
  }
  if (document.body.dataset.turned === "yes") {
    if (narrow.matches) byId("pages").open = false
    delete document.body.dataset.turned
    window.scrollTo({top: 0})
    byId("title")?.focus({preventScroll: true})
  }
}

function afterStep() {
  const title = byId("step-title")
  document.body.dataset.beside = title ? "yes" : "no"
  title?.focus({preventScroll: false})
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a, button")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (link.dataset.choose) {
    event.preventDefault()
    document.body.dataset.turned = "yes"
    say({kind: "choose", name: link.dataset.choose, value: link.dataset.value})
  } else if (link.dataset.at) {
    event.preventDefault()
    document.body.dataset.turned = "yes"
    const query = new URLSearchParams(location.search)
    query.set("page", "sources")
    query.set("at", link.dataset.at)
    history.pushState(null, "", `?${query}`)
    opened = "sources"
    say({kind: "open", value: query.toString()})
  } else if (link.dataset.lang) {
    event.preventDefault()
    const query = new URLSearchParams(location.search)
    query.set("lang", link.dataset.lang)
    turn(() => { location.search = query.toString() })
  } else if (link.hasAttribute("download")) {
    link.href = link.getAttribute("href").split("?")[0] + location.search
  } else if (link.hash && link.getAttribute("href").startsWith("#") && !byId(link.hash.slice(1))) {
    // The report's chapters are pages here.
    event.preventDefault()
    document.body.dataset.turned = "yes"
    say({kind: "choose", name: "page", value: link.hash.slice(1)})
  } else if ("close" in link.dataset) {
    say({kind: "choose", name: "step", value: ""})
  } else if ("reset" in link.dataset) {
    say({kind: "reset"})
  } else if (link.id === "share") {
    share(link)
  }
})

async function share(button) {
  const said = button.textContent
  try {
    await navigator.clipboard.writeText(location.href)
  } catch {
    window.prompt(said, location.href)
    return
  }
  button.textContent = words.copied
  setTimeout(() => { button.textContent = said }, 2000)
}

document.addEventListener("change", (event) => {
  const field = event.target
  if (field.matches?.("[data-choose]")) say({kind: "choose", name: field.dataset.choose, value: field.value})
})

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("step-title")) say({kind: "choose", name: "step", value: ""})
})

window.addEventListener("popstate", () => {
  opened = new URLSearchParams(location.search).get("page")
  say({kind: "open", value: location.search.slice(1)})
})

wireWorkshop(say, words)
wireSteps(say)
wireDials(say, document.documentElement.lang, words)
afterPage()
document.body.dataset.ready = "yes"
