// The report's behaviour: language, views, matrix, side by side. No library, no network.
// Text of documents reaches the page through text nodes only; nothing here parses markup.
"use strict";

// --- data: chunks are scripts that call dc.receive ----------------------------------------------

const chunks = new Map();
const loading = new Map();

window.dc = {
  receive(name, value) {
    chunks.set(name, value);
  },
};

/** Returns a promise of the chunk `name`, read from data/ the first time. */
function load(name) {
  if (chunks.has(name)) return Promise.resolve(chunks.get(name));
  if (!loading.has(name)) loading.set(name, run(`data/${name}.js`).then(() => chunks.get(name)));
  return loading.get(name);
}

function run(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(address));
    document.head.append(script);
  });
}

// --- words --------------------------------------------------------------------------------------

const STATUSES = ["verbatim", "adapted", "partial", "dropped"];
const SIGNS = { verbatim: "=", adapted: "≈", partial: "½", dropped: "×" };
const FOREIGN = "x"; // left out where it was not the locality's to do: not counted
const STATUS_OF = { v: "verbatim", a: "adapted", p: "partial", d: "dropped" };
let english = false;

/** Returns the word of `key` in the language of the reader. */
function t(key) {
  const words = chunks.get("strings")[key];
  return words ? words[english ? 1 : 0] : key;
}

/** Returns the word of `section.name`, or the name itself where there is none. */
function wordOr(section, name) {
  return name && chunks.get("strings")[`${section}.${name}`] ? t(`${section}.${name}`) : name || "";
}

/** Returns `text` without case and diacritics, đ as d: to search by, never to show. */
function folded(text) {
  return (text || "").toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function decimal(value) {
  return value.toLocaleString(english ? "en" : "vi", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function date(iso) {
  if (!iso) return "";
  const [year, month, day] = iso.split("-").map(Number);
  return `${day}/${month}/${year}`;
}

function remembered(value) {
  try {
    if (value !== undefined) localStorage.setItem("language", value);
    return localStorage.getItem("language");
  } catch {
    return null; // storage is closed to some pages of the file system
  }
}

function setLanguage(toEnglish) {
  english = toEnglish;
  document.documentElement.lang = english ? "en" : "vi";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-vi]")) node.textContent = english ? node.dataset.en : node.dataset.vi;
  document.getElementById("language").lang = english ? "vi" : "en";
  if (chunks.has("index")) for (const view of Object.values(views)) view.words?.();
}

// --- elements -----------------------------------------------------------------------------------

/** Returns an element; strings among `children` become text nodes. */
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function options(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => el("option", { value }, text)));
  if (pairs.some(([value]) => String(value) === chosen)) select.value = chosen;
}

function statusMark(status) {
  return el("span", { class: "status" }, el("span", { class: `sign s-${status}`, "aria-hidden": "true" }, SIGNS[status]), t(`status.${status}`));
}

function bar(counts) {
  const children = STATUSES.filter((status) => counts[status]).map((status) => {
    const part = el("span", { class: `b-${status}` });
    part.style.flexGrow = counts[status];
    return part;
  });
  return el("span", { class: "bar", "aria-hidden": "true" }, ...children);
}

function pager(node, page, size, total, go) {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  node.hidden = last === 0;
  const step = (key, to) => {
    const button = el("button", { type: "button", class: "quiet", disabled: to < 0 || to > last }, t(key));
    button.onclick = () => go(to);
    return button;
  };
  const range = `${page * size + 1}–${Math.min(total, (page + 1) * size)} ${t("of")} ${total}`;
  node.replaceChildren(step("previous", page - 1), el("span", {}, range), step("next", page + 1));
}

/** Draws rows into a table, a page at a time. Columns: {head, cell(row), class}. */
function pagedTable(node, columns, size = 50) {
  const body = el("tbody");
  const head = el("tr");
  const pages = el("div", { class: "pager" });
  const table = el("table", { class: "list" }, el("thead", {}, head), body);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group" }, table);
  node.replaceChildren(scroll, pages);
  const draw = (rows, page = 0) => {
    scroll.setAttribute("aria-label", t("listing.table"));
    head.replaceChildren(...columns.map((column) => el("th", { scope: "col", class: column.class }, t(column.head))));
    body.replaceChildren(
      ...rows.slice(page * size, (page + 1) * size).map((row) =>
        el("tr", {}, ...columns.map((column, at) => el(at ? "td" : "th", { class: column.class, scope: at ? null : "row" }, column.cell(row)))),
      ),
    );
    pager(pages, page, size, rows.length, (to) => draw(rows, to));
  };
  return draw;
}

// --- counting -----------------------------------------------------------------------------------

/** Returns how often each status stands in `letters`. */
function countOf(letters) {
  const counts = { verbatim: 0, adapted: 0, partial: 0, dropped: 0, total: 0 };
  for (const letter of letters) {
    if (!STATUS_OF[letter]) continue;
    counts[STATUS_OF[letter]] += 1;
    counts.total += 1;
  }
  return counts;
}

const index = () => chunks.get("index");
const documentOf = (local) => index().documents[local.document];
const compareHash = (page, path) => `#compare/${page}/${path.split("/").map(encodeURIComponent).join("/")}`;

/** Returns the rest of an address as text; what somebody mistyped stays as it is. */
function unquoted(parts) {
  try {
    return decodeURIComponent(parts.join("/"));
  } catch {
    return parts.join("/");
  }
}

function documentLink(row) {
  return el("a", { href: `doc/${row.page}.html` }, row.label);
}

// --- overview -----------------------------------------------------------------------------------

const overview = {
  start() {
    const rows = index().directives.flatMap((directive) =>
      directive.locals.map((local) => ({ ...documentOf(local), directive, counts: countOf(local.cells) })),
    );
    rows.sort((a, b) => b.counts.dropped - a.counts.dropped || a.label.localeCompare(b.label, "vi"));
    this.rows = rows;
    this.draw = pagedTable(document.getElementById("localities"), [
      { head: "document.place", cell: documentLink },
      { head: "document.level", cell: (row) => t(`level.${row.level || "unknown"}`) },
      { head: "document.document", cell: (row) => [wordOr("doc_type", row.doc_type), row.number, date(row.issued_on)].filter(Boolean).join(" · ") },
      { head: "document.parent", cell: (row) => parentCell(row) },
      { head: "overview.generation", cell: (row) => row.implements.join("; ") },
      { head: "overview.coverage", cell: (row) => bar(row.counts), class: "bar-cell" },
      ...STATUSES.map((status) => ({ head: `status.${status}`, cell: (row) => String(row.counts[status]), class: "number" })),
    ]);
    this.words();
  },
  words() {
    this.draw?.(this.rows);
  },
};

function parentCell(row) {
  const parent = index().documents[row.directive.document];
  const name = parent ? parent.number || parent.label : "";
  const basis = row.parent_basis ? ` (${t(`basis.${row.parent_basis}`)})` : "";
  return el("span", {}, name, el("span", { class: "muted" }, basis));
}

// --- matrix -------------------------------------------------------------------------------------

const PAGE_OF_COLUMNS = 40;
const GROUP_ABOVE = 60;
const NOWHERE = "?"; // stands for the province of documents that have none

const matrix = {
  page: 0,
  start() {
    this.form = document.getElementById("matrix-filters");
    this.fields = this.form.elements;
    this.words();
    this.fields.group.checked = this.fields.group.defaultChecked = this.directive().locals.length > GROUP_ABOVE;
    const redraw = () => { this.page = 0; this.draw(); };
    this.form.addEventListener("input", redraw);
    this.form.addEventListener("reset", () => setTimeout(redraw));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("matrix-table").addEventListener("keydown", (event) => moveInGrid(event));
    this.draw();
  },
  directive() {
    return index().directives[Number(this.fields.directive.value) || 0] || { items: [], locals: [] };
  },
  words() {
    if (!this.fields) return;
    const all = ["", t("all")];
    const provinces = [...new Set(index().documents.map((row) => row.province).filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi"));
    const anywhere = [...provinces.map((name) => [name, name]), [NOWHERE, t("unknown")]];
    options(this.fields.directive, index().directives.map((directive, at) => [at, directiveName(directive)]));
    options(this.fields.province, [all, ...anywhere]);
    options(this.fields.level, [all, ...["province", "district", "commune", "unknown"].map((name) => [name, t(`level.${name}`)])]);
    options(this.fields.role, [all, ...["task", "organisation", "assignment"].map((name) => [name, t(`role.${name}`)])]);
    options(this.fields.status, [all, ...STATUSES.map((name) => [name, `${SIGNS[name]} ${t(`status.${name}`)}`])]);
    options(this.fields.order, [["order", t("matrix.by_order")], ["dropped", t("matrix.by_dropped")]]);
    this.draw();
  },
  draw() {
    const shown = filtered(this.directive(), this.fields);
    const columns = this.fields.group.checked ? provinceColumns(shown) : shown.locals.map((local) => localColumn(local));
    const page = columns.slice(this.page * PAGE_OF_COLUMNS, (this.page + 1) * PAGE_OF_COLUMNS);
    const node = document.getElementById("matrix-table");
    document.getElementById("matrix-count").textContent =
      `${shown.items.length} ${t("matrix.items")} × ${shown.locals.length} ${t("matrix.localities")}`;
    node.replaceChildren(page.length && shown.items.length ? grid(shown, page) : el("p", { class: "notice" }, t("matrix.nothing")));
    pager(document.getElementById("matrix-pager"), this.page, PAGE_OF_COLUMNS, columns.length, (to) => { this.page = to; this.draw(); });
  },
};

function directiveName(directive) {
  const row = index().documents[directive.document];
  return row ? [row.number, row.label].filter(Boolean).join(" – ") : "?";
}

/** Returns the items and localities that the filters leave, in the order asked for. */
function filtered(directive, fields) {
  const words = folded(fields.task.value);
  const place = folded(fields.place.value);
  const letter = fields.status.value ? fields.status.value[0] : null;
  let locals = directive.locals.filter((local) => {
    const row = documentOf(local);
    return (!fields.province.value || (row.province || NOWHERE) === fields.province.value) &&
      (!fields.level.value || (row.level || "unknown") === fields.level.value) &&
      (!place || folded(`${row.label} ${row.doc_id}`).includes(place)) &&
      (!letter || local.cells.includes(letter));
  });
  let items = directive.items.map((item, at) => ({ ...item, at })).filter((item) =>
    (!fields.role.value || item.role === fields.role.value) &&
    (!words || item.path === fields.task.value.trim() || folded(item.text).includes(words)) &&
    (!letter || locals.some((local) => local.cells[item.at] === letter)));
  for (const item of items) item.counts = countOf(locals.map((local) => local.cells[item.at]));
  if (fields.order.value === "dropped") {
    items.sort((a, b) => b.counts.dropped - a.counts.dropped || a.at - b.at);
    locals = locals.map((local) => [countOf(local.cells).dropped, local]).sort((a, b) => b[0] - a[0]).map((pair) => pair[1]);
  }
  return { items, locals, letter };
}

function localColumn(local) {
  const row = documentOf(local);
  return { label: row.label, row, local };
}

function provinceColumns({ locals }) {
  const groups = new Map();
  for (const local of locals) {
    const name = documentOf(local).province || NOWHERE;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(local);
  }
  const named = [...groups].map(([province, members]) => ({ province, members, label: province === NOWHERE ? t("unknown") : province }));
  return named.sort((a, b) => a.label.localeCompare(b.label, "vi"));
}

function grid({ items, letter }, columns) {
  const head = el("tr", {},
    el("th", { scope: "col", class: "item" }, t("matrix.item")),
    el("th", { scope: "col", class: "overall" }, t("matrix.consensus")),
    ...columns.map((column) => el("th", { scope: "col", class: "place" }, columnHead(column))));
  const rows = items.map((item) => el("tr", {},
    el("th", { scope: "row", class: "item" }, el("span", { class: "path" }, item.path), el("span", { class: "serif clamp", lang: "vi", title: item.text }, item.text)),
    el("td", { class: "overall" }, bar(item.counts), el("span", { class: "drops" }, `${SIGNS.dropped} ${item.counts.dropped}/${item.counts.total}`)),
    ...columns.map((column) => (column.members ? provinceCell(item, column) : localCell(item, column, letter)))));
  const table = el("table", { class: `matrix${columns.length > 8 ? " many" : ""}`, role: "grid" },
    el("caption", { class: "unseen" }, t("matrix.caption")), el("thead", {}, head), el("tbody", {}, ...rows));
  table.querySelector("tbody a, tbody button")?.setAttribute("tabindex", "0");
  return table;
}

function columnHead(column) {
  if (column.members) return el("span", {}, `${column.label} (${column.members.length})`);
  // a document that does not say that it answers this directive bears a question mark
  const assumed = column.row.parent_basis === "assumed";
  const title = assumed ? `${column.label}: ${t("basis.assumed")}` : column.label;
  return el("a", { href: `doc/${column.row.page}.html`, title }, assumed ? `${column.label} ?` : column.label);
}

function localCell(item, column, letter) {
  const code = column.local.cells[item.at];
  const status = STATUS_OF[code];
  if (code === FOREIGN) return foreignCell(item, column);
  if (!status) return el("td", { class: "cell" }, el("span", { title: t("status.none") }, "·"));
  const flag = (column.local.flags || "")[item.at] || " ";
  const notes = [t(`status.${status}`)];
  if ("ob".includes(flag)) notes.push(t("status.override"));
  if ("nb".includes(flag)) notes.push(t("status.outside"));
  const name = `${item.path}, ${column.label}: ${notes.join(", ")}`;
  const classes = ["cell", `s-${status}`];
  if ("ob".includes(flag)) classes.push("override");
  if ("nb".includes(flag)) classes.push("outside");
  if (letter && code !== letter) classes.push("dim");
  return el("td", { class: classes.join(" ") },
    el("a", { href: compareHash(column.row.page, item.path), tabindex: "-1", title: name, "aria-label": name }, SIGNS[status]));
}

function foreignCell(item, column) {
  const name = `${item.path}, ${column.label}: ${t("status.outside")}`;
  return el("td", { class: "cell s-foreign" },
    el("a", { href: compareHash(column.row.page, item.path), tabindex: "-1", title: name, "aria-label": name }, "–"));
}

/** A province at a glance: the share of its localities that dropped the item. */
function provinceCell(item, column) {
  const counts = countOf(column.members.map((local) => local.cells[item.at]));
  const share = counts.total ? counts.dropped / counts.total : 0;
  const name = `${item.path}, ${column.label}: ${STATUSES.map((status) => `${t(`status.${status}`)} ${counts[status]}`).join(", ")}`;
  const button = el("button", { type: "button", tabindex: "-1", title: name, "aria-label": name }, counts.total ? `${Math.round(share * 100)}` : "·");
  button.onclick = () => {
    matrix.fields.province.value = column.province;
    matrix.fields.group.checked = false;
    matrix.page = 0;
    matrix.draw();
  };
  return el("td", { class: `cell heat-${Math.ceil(share * 4)}` }, button);
}

/** Arrow keys move between the cells of a grid, Home and End within a row. */
function moveInGrid(event) {
  const cell = event.target.closest("td");
  const row = cell?.parentElement;
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -1e6], End: [0, 1e6] };
  if (!row || !steps[event.key]) return;
  const [down, right] = steps[event.key];
  const rows = [...row.parentElement.rows];
  const target = rows[clamp(rows.indexOf(row) + down, 0, rows.length - 1)];
  const next = target.cells[clamp(cell.cellIndex + right, 2, target.cells.length - 1)].querySelector("a, button");
  if (!next) return;
  event.preventDefault();
  for (const stop of row.parentElement.querySelectorAll("[tabindex='0']")) stop.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// --- side by side -------------------------------------------------------------------------------

const compare = {
  start() {
    this.form = document.getElementById("compare-pick");
    this.fields = this.form.elements;
    this.locals = index().directives.flatMap((directive) => directive.locals.map((local) => ({ directive, local, row: documentOf(local) })));
    this.locals.sort((a, b) => a.row.label.localeCompare(b.row.label, "vi"));
    options(this.fields.document, this.locals.map(({ row }) => [row.page, row.label]));
    this.form.addEventListener("change", () => this.go(this.fields.document.value, this.fields.task.value));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("click", (event) => {
      const step = Number(event.target.closest("[data-step]")?.dataset.step || 0);
      const item = step && this.entry?.directive.items[this.at() + step];
      if (item) this.go(this.entry.row.page, item.path);
    });
  },
  at() {
    return this.entry.directive.items.findIndex((item) => item.path === this.path);
  },
  go(page, path) {
    location.hash = compareHash(page, path);
  },
  words() {
    if (this.entry) this.show([this.entry.row.page, ...this.path.split("/")]);
  },
  async show([page, ...path]) {
    this.entry = this.locals.find(({ row }) => row.page === page) || this.locals[0];
    if (!this.entry) return this.say("overview.nobody");
    const { row, directive } = this.entry;
    const items = directive.items;
    const asked = unquoted(path);
    const item = items.find((candidate) => candidate.path === asked) || items[0];
    this.path = item.path;
    this.fields.document.value = row.page;
    options(this.fields.task, items.map(({ path, text }) => [path, `${path}  ${text.slice(0, 80)}`]));
    this.fields.task.value = item.path;
    for (const button of this.form.querySelectorAll("[data-step]")) button.disabled = !items[this.at() + Number(button.dataset.step)];
    const parent = index().documents[directive.document];
    try {
      const [upper, local] = await Promise.all([load(`doc/${parent.page}`), load(`doc/${row.page}`)]);
      if (this.entry.row === row && this.path === item.path) this.draw(item, parent, upper, local);
    } catch {
      this.say("unreadable");
    }
  },
  say(key) {
    document.getElementById("compare-body").replaceChildren(el("p", { class: "notice" }, t(key)));
  },
  draw(item, parent, upper, local) {
    const cover = local.coverage[item.path];
    if (!cover) return this.say("status.none");
    const byPath = new Map(local.provisions.map((row) => [row.path, row]));
    const nearest = cover.local_paths.length ? null : byPath.get(cover.nearest_path);
    const answers = nearest ? [nearest] : cover.local_paths.map((path) => byPath.get(path)).filter(Boolean);
    const drift = local.drift.filter((row) => row.parent_path === item.path || row.type === "term");
    const own = upper.provisions.find((row) => row.path === item.path);
    const { left, right } = differences(own.text, answers.map((row) => row.text));
    const leftMarks = [...left, ...drift.map((row) => driftMark(row, row.from_span))];
    const rightMarks = answers.map((row, at) => [...right[at], ...drift.filter((d) => d.local_path === row.path).map((d) => driftMark(d, d.to_span))]);
    document.getElementById("compare-body").replaceChildren(
      el("p", { class: "verdict" }, isForeign(cover) ? foreignMark() : statusMark(cover.status), ...verdictNotes(cover)),
      el("div", { class: "sides" },
        el("section", { class: "side" }, el("h2", {}, t("compare.in_directive"), " ", documentLink(parent)), provisionText(own, parent, leftMarks)),
        el("section", { class: "side" }, el("h2", {}, t("compare.in_local"), " ", documentLink(this.entry.row)),
          nearest || !answers.length ? el("p", { class: "notice" }, t(nearest ? "compare.nearest" : "compare.no_nearest")) : null,
          ...answers.map((row, at) => provisionText(row, this.entry.row, rightMarks[at], pairOf(local, item, row))))),
      drift.length ? driftList(drift) : "",
    );
  },
};

const isForeign = (cover) => cover.status === "dropped" && cover.applicable === false;

function foreignMark() {
  return el("span", { class: "status" }, el("span", { class: "sign s-foreign", "aria-hidden": "true" }, "–"), t("status.outside"));
}

function verdictNotes(cover) {
  const notes = [el("span", {}, `${t("compare.score")} ${decimal(cover.score)}`)];
  if (!cover.local_paths.length && cover.nearest_score !== null) notes.push(el("span", {}, `${t("document.nearest")} ${decimal(cover.nearest_score)}`));
  if (cover.source === "override") notes.push(el("span", {}, t("status.override")));
  if (cover.applicable === false && !isForeign(cover)) notes.push(el("span", {}, t("status.outside")));
  if (cover.addressee) notes.push(el("span", {}, `${t("compare.addressee")}: ${cover.addressee}`));
  if (cover.evidence) notes.push(el("span", { class: "evidence" }, `${t("compare.evidence")}: ${cover.evidence}`));
  return notes;
}

function pairOf(local, item, row) {
  return local.pairs.find((pair) => pair.parent_path === item.path && pair.local_path === row.path);
}

function provisionText(row, owner, marks, pair) {
  const href = `doc/${owner.page}.html#p-${row.path.split("/").map(encodeURIComponent).join("/")}`;
  const page = row.page ? ` · ${t("document.page")} ${row.page}` : "";
  const note = pair ? el("span", { class: "muted" }, `${t(`status.${pair.relation}`)} ${decimal(pair.score)}`) : null;
  return el("div", { class: "passage" },
    el("p", { class: "passage-head" }, el("a", { class: "path", href }, row.path), page, " ",
      el("a", { class: "quiet-link", href: href.replace("#p-", "#r-") }, t("document.raw_short")), " ", note),
    el("p", { class: "serif", lang: "vi" }, ...pieces(row.text, marks.filter(Boolean))));
}

function driftMark(row, span) {
  return span && { start: span[0], end: span[1], kind: `d-${row.type}`, title: t(`drift.${row.type}`) };
}

function driftList(rows) {
  return el("section", { class: "differences" }, el("h2", {}, t("drift.title")),
    el("ul", { class: "plain" }, ...rows.map((row) => el("li", {},
      el("span", { class: `chip d-${row.type}` }, t(`drift.${row.type}`)), " ",
      row.from ? el("del", {}, row.from) : el("span", { class: "muted" }, t("drift.added")), " → ",
      row.to ? el("ins", {}, row.to) : el("span", { class: "muted" }, t("drift.removed")),
      row.local_path ? el("span", { class: "path" }, ` ${row.local_path}`) : null))));
}

/** Returns `text` as nodes, cut where marks (in code points) begin and end; a told change hides a mere difference. */
function pieces(text, marks) {
  const points = Array.from(text);
  const cuts = [...new Set([0, points.length, ...marks.flatMap((mark) => [mark.start, mark.end])])]
    .filter((cut) => cut >= 0 && cut <= points.length)
    .sort((a, b) => a - b);
  const runs = [];
  cuts.slice(1).forEach((end, at) => {
    let over = marks.filter((mark) => mark.start < end && mark.end > cuts[at]);
    if (over.some((mark) => mark.title)) over = over.filter((mark) => mark.title);
    const kinds = [...new Set(over.map((mark) => mark.kind))].sort().join(" ");
    const titles = [...new Set(over.map((mark) => mark.title).filter(Boolean))].sort().join(", ");
    const piece = points.slice(cuts[at], end).join("");
    const last = runs[runs.length - 1];
    if (last && last.kinds === kinds) last.text += piece;
    else runs.push({ kinds, titles, text: piece });
  });
  return runs.map((run) => (run.kinds ? el("mark", { class: run.kinds, title: run.titles || null }, run.text) : run.text));
}

// --- word-level difference ----------------------------------------------------------------------

/** Returns the words of `text` with their places in code points. */
function wordsOf(text) {
  const found = [];
  let at = 0;
  for (const [piece] of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)) {
    const end = at + Array.from(piece).length;
    if (/[\p{L}\p{N}]/u.test(piece)) found.push({ key: piece.toLowerCase(), start: at, end });
    at = end;
  }
  return found;
}

const MOST_PAIRS = 4e6; // of words; texts longer than that are compared word by word without their order

/** Returns which words of `a` and `b` stand in a longest common subsequence. */
function common(a, b) {
  if (a.length * b.length > MOST_PAIRS) return [shared(a, b), shared(b, a)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i].key === b[j].key
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const inA = new Set();
  const inB = new Set();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i].key === b[j].key) { inA.add(i++); inB.add(j++); }
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return [inA, inB];
}

function shared(words, others) {
  const keys = new Set(others.map((word) => word.key));
  return new Set(words.flatMap((word, at) => (keys.has(word.key) ? [at] : [])));
}

/** Returns stretches of words that one side lacks: of the item against all answers together, of each answer. */
function differences(item, answers) {
  const words = wordsOf(item);
  const kept = new Set();
  const right = answers.map((answer) => {
    const others = wordsOf(answer);
    const [inItem, inAnswer] = common(words, others);
    for (const at of inItem) kept.add(at);
    return stretches(others, inAnswer);
  });
  return { left: answers.length ? stretches(words, kept) : [], right };
}

function stretches(words, kept) {
  const marks = [];
  words.forEach((word, at) => {
    if (kept.has(at)) return;
    const last = marks[marks.length - 1];
    if (last && last.next === at) { last.end = word.end; last.next = at + 1; }
    else marks.push({ start: word.start, end: word.end, next: at + 1, kind: "only" });
  });
  return marks;
}

// --- listings: long tables with filters -----------------------------------------------------------

const LEVELS = ["central", "province", "district", "commune", "unknown"];
const ASSIGNED = ["lead", "implement", "coordinate", "report_to", "via"];
const SEVERITIES = ["error", "warning", "info"];
const RELATIONS = ["implements", "replaces", "amends", "cites"];

const place = { head: "document.place", cell: (row) => documentLink(row.document) };
const where = { head: "references.where", cell: (row) => provisionLink(row) };
const printed = (head, name) => ({ head, cell: (row) => row[name] || "" });
const quoted = (head, name) => ({ head, cell: (row) => el("span", { class: "serif", lang: "vi" }, row[name] || "") });
const named = (head, section, name) => ({ head, cell: (row) => wordOr(section, row[name]) });
const number = (head, value) => ({ head, class: "number", cell: (row) => String(value(row)) });

const byLevel = { name: "level", label: "document.level", of: (row) => row.document.level || "unknown", values: LEVELS, section: "level" };
const byProvince = { name: "province", label: "document.province", of: (row) => row.document.province };

/** chunk, rows (where they are gathered or sorted), filters, columns, and the text that the search looks in. */
const LISTINGS = {
  findings: {
    chunk: "findings",
    rows: (findings) => SEVERITIES.flatMap((severity) => findings.filter((row) => row.severity === severity)),
    text: (row) => `${row.document.label} ${row.message_vi} ${row.message_en} ${row.evidence}`,
    filters: [
      { name: "severity", label: "findings.severity", of: (row) => row.severity, values: SEVERITIES, section: "severity" },
      { name: "rule", label: "findings.rule", of: (row) => row.rule, section: "rule" },
      byProvince,
      byLevel,
    ],
    columns: [
      { head: "findings.severity", cell: (row) => el("span", { class: `v-${row.severity}` }, el("b", { class: "severity" }, t(`severity.${row.severity}`))) },
      place,
      where,
      { head: "findings.message", cell: (row) => (english ? row.message_en : row.message_vi) },
      quoted("findings.evidence", "evidence"),
      { head: "findings.rule", cell: (row) => el("span", { title: row.rule }, wordOr("rule", row.rule)) },
    ],
  },
  deadlines: {
    chunk: "deadlines",
    text: (row) => [row.document.label, row.text, row.action, row.responsible, row.recipient, row.via].join(" "),
    filters: [
      { name: "kind", label: "deadlines.kind", of: (row) => row.kind, values: ["date", "recurring", "frequency", "period", "relative"], section: "kind" },
      byProvince,
      byLevel,
    ],
    columns: [
      place,
      where,
      quoted("deadlines.text", "text"),
      named("deadlines.kind", "kind", "kind"),
      { head: "deadlines.when", cell: (row) => date(row.due_on) },
      quoted("deadlines.action", "action"),
      quoted("deadlines.responsible", "responsible"),
      { head: "deadlines.recipient", cell: (row) => el("span", { class: "serif", lang: "vi" }, [row.recipient, row.via && `(${row.via})`].filter(Boolean).join(" ")) },
    ],
  },
  references: {
    chunk: "references",
    text: (row) => [row.document.label, row.text, row.number, row.issuer, row.reference_key].join(" "),
    filters: [
      { name: "relation", label: "references.relation", of: (row) => row.relation, values: RELATIONS, section: "relation" },
      byProvince,
      byLevel,
    ],
    columns: [
      place,
      where,
      named("references.relation", "relation", "relation"),
      quoted("references.text", "text"),
      printed("document.number", "number"),
      { head: "references.issued_on", cell: (row) => date(row.issued_on) },
      printed("references.issuer", "issuer"),
    ],
  },
  instruments: {
    chunk: "references",
    rows: (mentions) => gathered(mentions.filter((row) => row.reference_key), (row) => row.reference_key, "relation"),
    text: (row) => row.members.map((member) => `${member.doc_type} ${member.number} ${member.text}`).join(" "),
    filters: [{ name: "relation", label: "references.relation", of: (row) => row.kinds, values: RELATIONS, section: "relation" }],
    columns: [
      { head: "references.instrument", cell: (row) => el("a", { href: `#references/${encodeURIComponent(row.key)}`, title: t("references.show") }, instrumentName(row)) },
      { head: "references.issued_on", cell: (row) => date(first(row, "issued_on")) },
      { head: "references.issuer", cell: (row) => first(row, "issuer") || "" },
      number("references.documents", (row) => row.documents),
      ...RELATIONS.map((relation) => number(`relation.${relation}`, (row) => row.counts[relation] || 0)),
    ],
  },
  assignments: {
    chunk: "assignments",
    text: (row) => `${row.document.label} ${row.body} ${row.body_id || ""}`,
    filters: [
      { name: "role", label: "bodies.role", of: (row) => row.role, values: ASSIGNED, section: "assigned" },
      byProvince,
      byLevel,
    ],
    columns: [
      quoted("bodies.body", "body"),
      { head: "bodies.role", cell: (row) => t(`assigned.${row.role}`) + (row.inherited ? ` (${t("bodies.inherited")})` : "") },
      place,
      where,
      quoted("bodies.text", "text"),
    ],
  },
  bodies: {
    chunk: "assignments",
    rows: (assignments) => gathered(assignments, (row) => row.body_id || row.body, "role"),
    text: (row) => `${row.key} ${row.members.map((member) => member.body).join(" ")}`,
    filters: [
      { name: "role", label: "bodies.role", of: (row) => row.kinds, values: ASSIGNED, section: "assigned" },
      { name: "level", label: "document.level", of: (row) => first(row, "body_level") || "unknown", values: LEVELS, section: "level" },
    ],
    columns: [
      { head: "bodies.body", cell: (row) => el("a", { class: "serif", lang: "vi", href: `#bodies/${encodeURIComponent(row.key)}` }, first(row, "body")) },
      number("bodies.documents", (row) => row.documents),
      ...ASSIGNED.map((role) => number(`assigned.${role}`, (row) => row.counts[role] || 0)),
    ],
  },
};

function provisionLink(row) {
  const path = row.provision_path;
  if (!path) return "";
  return el("a", { class: "path", href: `doc/${row.document.page}.html#p-${path.split("/").map(encodeURIComponent).join("/")}` }, path);
}

/** Returns one row per key, the weightiest first: members, documents, and how many members of each kind. */
function gathered(rows, keyOf, kind) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!groups.has(key)) groups.set(key, { key, members: [], counts: {} });
    const group = groups.get(key);
    group.members.push(row);
    group.counts[row[kind]] = (group.counts[row[kind]] || 0) + 1;
  }
  for (const group of groups.values()) {
    group.documents = new Set(group.members.map((row) => row.document)).size;
    group.kinds = Object.keys(group.counts);
  }
  return [...groups.values()].sort((a, b) => b.documents - a.documents || b.members.length - a.members.length);
}

const first = (group, name) => group.members.find((row) => row[name])?.[name];

function instrumentName(group) {
  const number = first(group, "number");
  return number ? `${first(group, "doc_type") || ""} ${number}`.trim() : first(group, "text");
}

/** A filter form, a count and a paged table over one chunk. */
class Listing {
  constructor(form) {
    this.form = form;
    this.spec = LISTINGS[form.dataset.listing];
    this.count = form.nextElementSibling;
    this.table = pagedTable(this.count.nextElementSibling, this.spec.columns);
  }

  async start() {
    const { columns, rows } = await load(this.spec.chunk);
    const records = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    for (const record of records) record.document = index().documents[record.document];
    this.rows = this.spec.rows ? this.spec.rows(records) : records;
    const search = el("label", { class: "wide" }, el("span", { "data-t": "search" }, t("search")), el("input", { type: "search", name: "search", autocomplete: "off" }));
    const selects = this.spec.filters.map((filter) => el("label", {}, el("span", { "data-t": filter.label }, t(filter.label)), el("select", { name: filter.name })));
    this.form.replaceChildren(search, ...selects, el("button", { type: "reset", class: "quiet", "data-t": "reset" }, t("reset")));
    this.form.addEventListener("input", () => this.draw());
    this.form.addEventListener("reset", () => setTimeout(() => this.draw()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.words();
  }

  words() {
    if (!this.rows) return;
    for (const filter of this.spec.filters) {
      const present = new Set(this.rows.flatMap((row) => filter.of(row)).filter(Boolean));
      const values = filter.values ? filter.values.filter((value) => present.has(value)) : [...present].sort((a, b) => a.localeCompare(b, "vi"));
      options(this.form.elements[filter.name], [["", t("all")], ...values.map((value) => [value, wordOr(filter.section, value)])]);
    }
    this.draw();
  }

  search(text) {
    this.form.reset();
    this.form.elements.search.value = text;
    this.draw();
    this.form.scrollIntoView({ block: "start" });
  }

  draw() {
    const words = folded(this.form.elements.search.value).trim();
    const chosen = this.spec.filters.filter((filter) => this.form.elements[filter.name].value);
    const shown = this.rows.filter((row) =>
      chosen.every((filter) => [filter.of(row)].flat().includes(this.form.elements[filter.name].value)) &&
      (!words || (row.key_text ??= folded(this.spec.text(row))).includes(words)));
    this.count.textContent = `${shown.length} ${t("listing.rows")}`;
    this.table(shown);
  }
}

/** A view made of listings; what follows its name in the address is searched for in the last of them. */
function listingView(id) {
  return {
    start() {
      this.listings = [...document.querySelectorAll(`#${id} form[data-listing]`)].map((form) => new Listing(form));
      this.ready = Promise.all(this.listings.map((listing) => listing.start()));
    },
    words() {
      for (const listing of this.listings || []) listing.words();
    },
    async show(rest) {
      await this.ready;
      if (rest.length) this.listings[this.listings.length - 1].search(unquoted(rest));
    },
  };
}

/** Sets off the lines of the node under the pointer or the focus. */
function lightEdges(event) {
  const node = event.target.closest?.("[data-node]")?.dataset.node;
  for (const edge of document.querySelectorAll(".graph .edge")) {
    edge.classList.toggle("lit", edge.dataset.from === node || edge.dataset.to === node);
  }
  document.querySelector(".graph")?.classList.toggle("lighting", node !== undefined);
}

// --- views and start ----------------------------------------------------------------------------

const views = {
  overview,
  matrix,
  compare,
  deadlines: listingView("deadlines"),
  references: listingView("references"),
  bodies: listingView("bodies"),
  findings: listingView("findings"),
};

/** Shows the view that the address names, starting it the first time. */
function route() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  const shown = name || "overview";
  const chosen = document.getElementById(shown);
  if (!chosen?.matches(".view")) return; // an anchor within a view
  if (chosen.hidden) {
    chosen.hidden = false;
    chosen.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== shown;
  for (const link of document.querySelectorAll("#views a")) {
    if (link.hash !== `#${shown}`) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "page");
    link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetLeft - 40;
  }
  const view = views[shown];
  if (!view) return; // nothing there for a script to do
  if (!view.started) { view.started = true; view.start?.(); }
  view.show?.(rest);
}

function start() {
  const button = document.getElementById("language");
  button.hidden = false;
  button.addEventListener("click", () => {
    setLanguage(!english);
    remembered(english ? "en" : "vi");
  });
  if (chunks.has("index")) {
    window.addEventListener("hashchange", route);
    for (const kind of ["pointerover", "focusin"]) document.getElementById("references").addEventListener(kind, lightEdges);
    route();
  }
  if (remembered() === "en") setLanguage(true);
}

document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", start);
