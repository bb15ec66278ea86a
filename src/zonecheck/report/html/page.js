"use strict";
(function () {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const data = JSON.parse($("zonecheck-data").textContent);
  const articles = [...document.querySelectorAll("article.finding")];
  const checks = [...document.querySelectorAll("tr.check")];
  const told = new Map([...articles, ...checks].map((each) => [each, each.textContent.toLowerCase()]));
  const ofCheck = new Map(checks.map((each) => [each.id.slice(1), []]));
  articles.forEach((each) => {
    // Flows of a capture are of several checks: filters leave the table of checks whole then.
    const own = ofCheck.get(each.id.slice(1).replace(/-\d+$/, ""));
    if (own) own.push(each);
  });
  const font = getComputedStyle(document.body).fontFamily;
  const colours = { violated: "#b3261e", unmodelled: "#8a5a00", unknown: "#8a5a00", waived: "#5f6368" };
  let cy = null;
  let tags = [];
  let pointed = null;
  let lines = 0;
  let current = null;
  let drawn = null;

  const lang = () => root.dataset.lang;
  const colour = (element) => colours[element.scratch("status")] || colours.violated;
  const style = [
    { selector: "node", style: {
      label: "data(name)", "font-family": font, "font-size": 13, "min-zoomed-font-size": 8, "text-wrap": "wrap",
      "text-max-width": 145, "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": "#ffffff",
      "text-outline-width": 2, width: 26, height: 20, color: "#1f2328",
      "background-color": "#ffffff", "border-width": 1.5, "border-color": "#3c4043" } },
    { selector: "node[kind = 'segment']", style: { shape: "round-rectangle", width: 60, height: 10, "background-color": "#9aa0a6" } },
    { selector: "node[kind = 'device']", style: { shape: "diamond", "background-color": "#3c4043" } },
    { selector: "node[kind = 'host']", style: { shape: "rectangle" } },
    { selector: "node[kind = 'external']", style: { shape: "ellipse", width: 60, height: 30 } },
    { selector: "node[kind = 'zone']", style: {
      label: "", shape: "round-rectangle", "background-color": "data(fill)", "border-color": "data(line)",
      "border-width": 1, width: "data(wide)", height: "data(high)", "z-compound-depth": "bottom" } },
    { selector: "node[kind = 'zone'].chosen-zone", style: { "border-width": 6 } },
    { selector: "edge", style: { width: 1, "line-color": "#9aa0a6", "curve-style": "straight" } },
    { selector: ".faded", style: { opacity: 0.25 } },
    { selector: "edge.faded", style: { opacity: 0.12 } },
    { selector: ".on-path", style: { label: "", opacity: 1, "border-color": colour, "border-width": 5, "z-index": 10 } },
    { selector: "node[kind = 'zone'].on-path", style: { "border-width": 6 } },
    { selector: "edge.path", style: {
      width: "data(width)", "line-color": colour, "target-arrow-color": colour, "target-arrow-shape": "triangle",
      "arrow-scale": 1.2, "curve-style": "unbundled-bezier", "z-index": 9 } },
    { selector: "edge.path.unproved", style: { "line-style": "dashed" } },
  ];

  $("stage").hidden = false;
  $("filters").hidden = false;
  $("languages").hidden = false;
  // The tables are there before the graph, which takes long if it is large.
  function draw() {
    if (cy) return;
    cy = cytoscape({
      container: $("board"), style: style, layout: { name: "preset", padding: 30 },
      elements: { nodes: data.nodes, edges: data.edges },
      minZoom: 0.02, maxZoom: 4, userZoomingEnabled: false, autoungrabify: true,
      hideEdgesOnViewport: data.nodes.length > 1000, textureOnViewport: data.nodes.length > 1000,
    });
    cy.on("viewport resize", later(place));
    cy.on("mouseover", "node[kind != 'zone']", (event) => { pointed = event.target; label(); });
    cy.on("mouseout", "node[kind != 'zone']", () => { pointed = null; label(); });
    cy.on("tap", "node", (event) => {
      const node = event.target;
      clearPath();
      drawn = null;
      node.addClass("on-path");
      label();
      listFindings(new Set([node.id(), ...cy.nodes().filter((each) => each.data("in") === node.id()).map((each) => each.id())]));
    });
    cy.on("tap", (event) => { if (event.target === cy) { drawn = null; select(null); clear(); } });
    markZone();
    label();
  }

  function later(work) {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => { asked = false; work(); });
    };
  }

  // Names that must be read at any zoom stand over the drawing, which scales what is in it.
  function label() {
    if (!cy) return;
    const written = [];
    const write = (kind, text, at) => {
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = text;
      written.push(span);
      tags.push({ span: span, at: at });
      return span;
    };
    tags = [];
    cy.nodes("[kind = 'zone']").forEach((node) => {
      const at = () => ({ x: node.renderedPosition("x"), y: node.renderedPosition("y") - node.data("high") * cy.zoom() / 2 - 3 });
      const span = write("of-zone", node.data(lang()), at);
      span.style.color = node.data("line");
      span.classList.toggle("far", node.hasClass("faded"));
    });
    cy.edges(".path").forEach((edge) => {
      write("of-step", edge.data("step"), () => edge.renderedMidpoint()).style.color = colour(edge);
    });
    cy.nodes("[kind != 'zone'].on-path").union(pointed || cy.collection()).forEach((node) => {
      write("of-node", node.data("name"), () => ({ x: node.renderedPosition("x"), y: node.renderedPosition("y") + node.renderedHeight() / 2 + 5 }));
    });
    $("names").replaceChildren(...written);
    tags.forEach((tag) => { tag.half = tag.span.offsetWidth / 2; });
    place();
    requestAnimationFrame(place);
  }

  function place() {
    const wide = cy.width() - 2;
    tags.forEach(({ span, at, half }) => {
      const point = at();
      // The name of what is in sight is, too.
      const inside = point.x >= 0 && point.x <= wide && half < wide / 2;
      span.style.left = (inside ? Math.min(Math.max(point.x, half), wide - half) : point.x) + "px";
      span.style.top = point.y + "px";
    });
  }

  function markZone() {
    const zone = $("zone").value;
    cy.nodes("[kind = 'zone']").forEach((node) => {
      node.toggleClass("chosen-zone", zone !== "" && String(node.data("zone")) === zone);
    });
  }

  // The wheel moves the page until the graph is clicked, and again once the pointer has left it.
  $("board").addEventListener("pointerdown", () => { if (cy) cy.userZoomingEnabled(true); });
  $("board").addEventListener("pointerleave", () => { if (cy) cy.userZoomingEnabled(false); });
  $("zoom").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    draw();
    const by = Number(button.dataset.by);
    if (by) cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    else cy.fit(undefined, 30);
  });

  function clearPath() {
    if (!cy) return;
    cy.remove("edge.path");
    cy.elements().removeClass("faded on-path");
    cy.nodes().removeScratch("status");
    label();
  }

  function show(content, none) {
    $("chosen").replaceChildren(...content);
    $("panel").scrollTop = 0;
    $("hint").hidden = content.length > 0 || none;
    $("none").hidden = !none;
    $("clear").hidden = content.length === 0 && !none;
  }

  function select(article) {
    if (current) current.classList.remove("current");
    if (article) article.classList.add("current");
    current = article;
  }

  function showFinding(article) {
    draw();
    select(article);
    clearPath();
    drawn = article;
    const copy = article.cloneNode(true);
    copy.removeAttribute("id");
    copy.removeAttribute("tabindex");
    copy.classList.remove("current");
    copy.querySelectorAll("button").forEach((each) => each.remove());
    show([copy], false);
    const path = data.paths[article.id];
    if (!path) return;
    const status = article.dataset.waived === undefined ? article.dataset.status : "waived";
    const nodes = path.reduce((all, id) => all.union(cy.getElementById(id)), cy.collection());
    cy.batch(() => {
      cy.elements().addClass("faded");
      nodes.scratch("status", status);
      nodes.removeClass("faded").addClass("on-path");
      nodes.forEach((node) => cy.getElementById(node.data("in")).removeClass("faded"));
    });
    cy.fit(nodes, 90);
    if (cy.zoom() > 1.5) cy.zoom(1.5).center(nodes);
    const width = Math.max(3, 3 / cy.zoom());
    for (let at = 1; at < path.length; at += 1) {
      // An id of its own each time: by ids the library remembers what it has drawn.
      lines += 1;
      cy.add({ group: "edges", classes: status === "violated" ? "path" : "path unproved", scratch: { status: status },
        data: { id: "p" + lines, source: path[at - 1], target: path[at], step: String(at), width: width } });
    }
    label();
    $("graph").scrollIntoView({ block: "start" });
  }

  function shown(article) { return !article.hidden; }

  function listFindings(ids) {
    const found = articles.filter((each) => shown(each) && (data.paths[each.id] || []).some((id) => ids.has(id)));
    show(found.map((article) => {
      const button = document.createElement("button");
      button.type = "button";
      article.querySelector("h3").childNodes.forEach((node) => button.append(node.cloneNode(true)));
      button.addEventListener("click", () => showFinding(article));
      return button;
    }), found.length === 0);
  }

  function clear() {
    clearPath();
    show([], false);
    if (cy) cy.fit(undefined, 30);
  }

  // Back from a path to where the reader was in the list, and from there to nothing chosen.
  function back() {
    const from = drawn;
    drawn = null;
    clear();
    if (from && shown(from)) reveal(from);
    else select(null);
  }

  function reveal(article) {
    select(article);
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    const statuses = new Set([...document.querySelectorAll("#filters [name=status]:checked")].map((box) => box.value));
    const zone = $("zone").value;
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (element) => statuses.has(element.dataset.status) && words.every((word) => told.get(element).includes(word));
    articles.forEach((each) => {
      const there = zone === "" || each.dataset.zones.split(" ").includes(zone);
      each.hidden = !(there && matches(each));
    });
    // A check is shown for what its own row says or what its shown findings say; a zone hides
    // only checks whose findings all lie elsewhere.
    checks.forEach((each) => {
      const own = ofCheck.get(each.id.slice(1));
      each.hidden = !(own.some(shown) || (matches(each) && (zone === "" || own.length === 0)));
    });
    const counts = [articles.filter(shown).length, checks.filter(shown).length];
    $("shown-findings").textContent = counts[0];
    if ($("shown-checks")) $("shown-checks").textContent = counts[1];
    $("filters").classList.toggle("partial", counts[0] < articles.length || counts[1] < checks.length);
    if (cy) markZone();
  }

  function speak(to) {
    root.dataset.lang = to;
    root.lang = to;
    document.querySelectorAll("#languages button").forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.to === to)));
    label();
  }

  $("filters").addEventListener("input", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", back);
  $("languages").addEventListener("click", (event) => { if (event.target.dataset.to) speak(event.target.dataset.to); });
  articles.forEach((article) => {
    const button = article.querySelector("button.show");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => showFinding(article));
  });
  speak(lang());
  filter();
  requestAnimationFrame(() => setTimeout(draw));

  function move(by) {
    const list = articles.filter(shown);
    if (!list.length) return;
    const at = list.indexOf(current);
    reveal(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))]);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const tag = event.target.tagName;
    const search = event.target === $("search");
    if (event.key === "Escape") {
      if ($("search").value) { $("search").value = ""; filter(); }
      if (search) $("search").blur();
      back();
    } else if ((tag === "INPUT" && !search) || tag === "SELECT") {
      return;
    } else if (event.key === "/" && !search) {
      event.preventDefault();
      $("search").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && (search || tag === "ARTICLE" || tag === "BODY")) {
      event.preventDefault();
      if (search && (!current || !shown(current))) move(1);
      if (current) showFinding(current);
    }
  });

  let opened = [];
  window.addEventListener("beforeprint", () => {
    draw();
    opened = [...document.querySelectorAll("header details:not([open]), section details:not([open])")];
    opened.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();
