"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const cards = [...document.querySelectorAll(".f")];
  const WORDS = {confirmed: "Confirmed", false_alarm: "False alarm", not_important: "Not important", unsure: "Unsure"};
  const KEYS = {c: "confirmed", f: "false_alarm", n: "not_important", u: "unsure"};
  const STORE = "fact-consistency:reviews";

  // Marks: what this browser keeps goes over what the report was made with. A browser may refuse storage to a file.
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(STORE)) || {}; } catch (e) { kept = {}; }
  const keep = () => { try { localStorage.setItem(STORE, JSON.stringify(kept)); } catch (e) { /* marks last until the page is closed */ } };
  const idOf = (card) => card.id.slice(2);
  const markOf = (card) => {
    const own = Object.prototype.hasOwnProperty.call(kept, idOf(card)) ? kept[idOf(card)] : null;
    return own || {review: card.dataset.v || "", note: card.dataset.n || ""};
  };
  const show = (card) => {
    const mark = markOf(card);
    for (const button of card.querySelectorAll(".rv button")) button.setAttribute("aria-pressed", String(button.value === mark.review));
    const input = card.querySelector(".rv input");
    if (input !== document.activeElement) input.value = mark.note;
    // What was reviewed before is shown, not asked again, until the reader wants to change it.
    const done = card.querySelector(".done");
    const settled = card.dataset.v && mark.review === card.dataset.v && mark.note === card.dataset.n && !card.dataset.open;
    card.querySelector(".rv").hidden = !!settled;
    if (done) done.hidden = !settled && !done.classList.contains("changed");
  };
  const set = (card, change) => {
    kept[idOf(card)] = Object.assign({}, markOf(card), change, {relation: card.parentElement.id});
    keep(); show(card); count();
  };
  const toggle = (card, word) => {
    card.dataset.open = "1";
    set(card, {review: markOf(card).review === word ? "" : word});
  };
  const box = document.createElement("div");
  box.className = "rv";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Your review");
  for (const [word, text] of Object.entries(WORDS)) {
    const button = document.createElement("button");
    button.type = "button"; button.value = word; button.textContent = text;
    box.append(button);
  }
  const input = document.createElement("input");
  input.placeholder = "Note"; input.setAttribute("aria-label", "Note on this finding");
  box.append(input);
  for (const card of cards) {
    card.append(box.cloneNode(true));
    const done = card.querySelector(".done");
    if (done) {
      const change = document.createElement("button");
      change.type = "button"; change.className = "change"; change.textContent = "Change";
      done.append(" ", change);
    }
    show(card);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".rv button");
    if (button) toggle(button.closest(".f"), button.value);
    if (event.target.matches(".change")) {
      const card = event.target.closest(".f");
      card.dataset.open = "1";
      show(card);
      card.querySelector(".rv button").focus();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".rv input")) set(event.target.closest(".f"), {note: event.target.value});
  });

  // Filters. The search leaves out the sentences around: a hit there would look like a mistake.
  const facts = new Map(cards.map((card, rank) => {
    const own = [...card.querySelectorAll(".side .by")].flatMap((by) => [by.querySelector(".o").textContent.trim(), by.querySelector(".v").dataset.w || ""]);
    return [card, {
      rank, relation: card.parentElement.id, sure: +card.dataset.c,
      text: [...card.querySelectorAll("h3,.m,.by,blockquote,.why,.more li,.done")].map((part) => part.textContent).join(" ").toLowerCase(),
      // Outlet and speaker of one side, then of the other: of the finding, and of the other places where it stands.
      places: [own, ...JSON.parse(card.dataset.also || "[]")],
      kinds: card.dataset.k.split(" ").filter(Boolean), days: card.dataset.d.split(" ").filter(Boolean)}];
  }));
  const fill = (at, ...ids) => {
    const all = [...new Set([...facts.values()].flatMap((fact) => fact.places.flatMap((place) => [place[at], place[at + 2]])))];
    for (const value of all.filter(Boolean).sort((a, b) => a.localeCompare(b)))
      for (const id of ids) $(id).append(new Option(value.length > 60 ? value.slice(0, 59) + "…" : value, value));
  };
  fill(0, "x-o", "x-o2"); fill(1, "x-w", "x-w2");
  const fitting = () => {
    const value = (id) => $(id).value;
    const terms = value("q").toLowerCase().split(/\s+/), relation = value("x-r"), kind = value("x-k"), least = +value("x-c");
    const review = value("x-v"), from = value("x-from"), to = value("x-to");
    const pairs = [[0, value("x-o"), value("x-o2")], [1, value("x-w"), value("x-w2")]];
    const between = (fact) => pairs.every(([at, one, two]) => (!one && !two) || fact.places.some((place) => {
      const [a, b] = [place[at], place[at + 2]];
      return one && two ? (a === one && b === two) || (a === two && b === one) : [a, b].includes(one || two);
    }));
    return (card) => {
      const fact = facts.get(card), mark = markOf(card), text = fact.text + " " + mark.note.toLowerCase();
      return (!relation || fact.relation === relation) && (!kind || fact.kinds.includes(kind)) && fact.sure >= least
        && (!review || (review === "none" ? !mark.review : review === "some" ? !!mark.review : mark.review === review))
        && ((!from && !to) || fact.days.some((day) => (!from || day >= from) && (!to || day <= to)))
        && between(fact) && terms.every((word) => text.includes(word));
    };
  };
  const count = () => {
    const shown = cards.filter((card) => !card.hidden).length;
    const marked = cards.filter((card) => markOf(card).review).length;
    $("count").textContent = `${shown} of ${cards.length} shown, ${marked} reviewed`;
  };
  const filter = () => {
    const fits = fitting();
    for (const card of cards) card.hidden = !fits(card);
    $("none").hidden = !cards.length || cards.some((card) => !card.hidden);
    for (const section of document.querySelectorAll(".findings")) {
      const all = section.querySelectorAll(".f").length, shown = section.querySelectorAll(".f:not([hidden])").length;
      section.hidden = all > 0 && !shown;
      section.querySelector("h2 small").textContent = shown < all ? `${shown} of ${all}` : all;
    }
    const active = [...document.querySelectorAll(".grid select,.grid input")].filter((it) => it.value && it.value !== "0").length;
    $("filters").firstElementChild.textContent = active ? `Filters (${active})` : "Filters";
    count();
  };
  const first = (fact) => fact.days[0] || "", last = (fact) => fact.days[fact.days.length - 1] || "";
  const ORDER = {
    rank: (a, b) => a.rank - b.rank,
    low: (a, b) => a.sure - b.sure || a.rank - b.rank,
    new: (a, b) => last(b).localeCompare(last(a)) || a.rank - b.rank,
    old: (a, b) => (first(a) || "~").localeCompare(first(b) || "~") || a.rank - b.rank,
    outlet: (a, b) => a.places[0][0].localeCompare(b.places[0][0]) || a.places[0][2].localeCompare(b.places[0][2]) || a.rank - b.rank};
  const sort = () => {
    const order = ORDER[$("sort").value];
    for (const card of [...cards].sort((a, b) => order(facts.get(a), facts.get(b)))) card.parentElement.append(card);
  };
  let wait = 0;
  $("tools").addEventListener("input", (event) => {
    if (event.target.id === "sort") sort();
    else { clearTimeout(wait); wait = setTimeout(filter, event.target.id === "q" ? 120 : 0); }
  });
  $("tools").addEventListener("submit", (event) => event.preventDefault());
  $("tools").addEventListener("reset", () => setTimeout(() => { sort(); filter(); }));

  // A number between two names shows its findings.
  $("who").addEventListener("click", (event) => {
    const link = event.target.closest("td a"), cell = link && link.parentElement;
    if (!cell) return;
    $("tools").reset();
    setTimeout(() => {
      const id = cell.dataset.by === "outlet" ? "x-o" : "x-w";
      $(id).value = cell.dataset.one; $(id + "2").value = cell.dataset.two;
      $("x-r").value = link.hash.slice(1);
      filter();
      $(link.hash.slice(1)).scrollIntoView();
    });
  });

  // A link to a finding that a filter hides shows it again.
  const reveal = () => {
    const card = location.hash.startsWith("#f-") && $(decodeURIComponent(location.hash.slice(1)));
    if (!card) return;
    const go = () => { card.scrollIntoView(); card.focus({preventScroll: true}); };
    // Clearing the filters moves the cards, and what is moved loses its focus: go there after it.
    if (card.hidden) { $("tools").reset(); setTimeout(go); }
    else go();
  };
  addEventListener("hashchange", reveal);

  // Review as a table, cells guarded as the command's own tables are.
  const cell = (text) => {
    if (/^'*[=+\-@\t\r]/.test(text) && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  // An id is its pair's id, with a number after it when the pair has several findings.
  $("export").addEventListener("click", () => {
    const lines = ["id,pair_ids,relation,review,review_note"];
    for (const card of cards) {
      const mark = markOf(card);
      if (mark.review || mark.note) lines.push([idOf(card), card.dataset.p || idOf(card).replace(/-\d+$/, ""), mark.relation || card.parentElement.id, mark.review, mark.note].map(cell).join(","));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], {type: "text/csv"}));
    link.download = "reviewed.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  const parse = (text) => {
    const rows = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
      const char = text[i], row = rows[rows.length - 1];
      if (quoted) {
        if (char !== '"') row[row.length - 1] += char;
        else if (text[i + 1] === '"') { row[row.length - 1] += '"'; i++; }
        else quoted = false;
      }
      else if (char === '"') quoted = true;
      else if (char === ",") row.push("");
      else if (char === "\n") rows.push([""]);
      else if (char !== "\r") row[row.length - 1] += char;
    }
    return rows;
  };
  $("import").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    const [head, ...rows] = parse((await file.text()).replace(/^\ufeff/, ""));
    const at = (row, name) => (row[head.indexOf(name)] || "").replace(/^'('*[=+\-@\t\r])/, "$1");
    let taken = 0;
    for (const row of rows) {
      const ids = [at(row, "id"), ...at(row, "pair_ids").split(" ")].filter(Boolean);
      const card = cards.find((it) => idOf(it) === at(row, "id")) || cards.find((it) => ids.includes(idOf(it))) || cards.find((it) => (it.dataset.p || "").split(" ").some((id) => id && ids.includes(id)));
      const review = at(row, "review"), note = at(row, "review_note");
      if (!card || !(review || note) || (review && !(review in WORDS))) continue;
      set(card, {review, note});
      taken++;
    }
    event.target.value = "";
    filter();
    $("count").textContent = `${taken} marks imported`;
  });

  // Keys.
  let here = null;
  const move = (step) => {
    const shown = [...document.querySelectorAll(".f:not([hidden])")];
    if (!shown.length) return;
    const at = here && !here.hidden ? shown.indexOf(here) : -1;
    here = shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + step))];
    here.focus({preventScroll: true});
    here.scrollIntoView({block: "start"});
  };
  document.addEventListener("focusin", (event) => { here = event.target.closest(".f") || here; });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (event.target.matches("input,select,textarea")) { if (event.key === "Escape") event.target.blur(); return; }
    const key = event.key;
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "o" && here) { const more = here.querySelector(".more"); more.open = !more.open; }
    else if (KEYS[key] && here && !here.hidden) toggle(here, KEYS[key]);
    else if (key === "/") $("q").focus();
    else if (key === "?") $("help").showModal();
    else return;
    event.preventDefault();
  });
  $("help-open").addEventListener("click", () => $("help").showModal());

  $("tools").hidden = false;
  // What is gone to must not end under the tools, which stay at the top and grow when the filters are open.
  new ResizeObserver(() => {
    const stuck = getComputedStyle($("tools")).position === "sticky";
    document.documentElement.style.scrollPaddingTop = stuck ? $("tools").offsetHeight + 12 + "px" : "";
  }).observe($("tools"));
  filter();
  reveal();
})();
