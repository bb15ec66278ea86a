"use strict";
(function () {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const data = JSON.parse($("zonecheck-data").textContent);
  const articles = [...document.querySelectorAll("article.finding")];
  const checks = [...document.querySelectorAll("tr.check")];
  let current = null;

  const lang = () => root.dataset.lang;
  const zoneWidth = 1;
  const style = [
    { selector: "node", style: {
      label: "data(name)", "font-size": 11, "min-zoomed-font-size": 5, "text-wrap": "wrap", "text-max-width": 140,
      "text-valign": "bottom", "text-margin-y": 3, width: 26, height: 22,
      "background-color": "#ffffff", "border-width": 1.5, "border-color": "#3c4043" } },
    { selector: "node[kind = 'segment']", style: { shape: "round-rectangle", width: 60, height: 10, "background-color": "#9aa0a6" } },
    { selector: "node[kind = 'device']", style: { shape: "diamond", "background-color": "#3c4043" } },
    { selector: "node[kind = 'host']", style: { shape: "rectangle" } },
    { selector: "node[kind = 'external']", style: { shape: "ellipse", width: 60, height: 30 } },
    { selector: "node[kind = 'zone']", style: {
      label: (node) => node.data(lang()), shape: "round-rectangle", "background-color": "data(fill)",
      "border-color": "data(line)", "border-width": zoneWidth, color: "data(line)", "font-size": 34,
      "font-weight": "bold", "text-valign": "top", "text-margin-y": -4, padding: 24, "text-max-width": 600 } },
    { selector: "edge", style: { width: 1, "line-color": "#9aa0a6", "curve-style": "bezier" } },
    { selector: ".faded", style: { opacity: 0.2 } },
    { selector: ".on-path", style: { "border-color": "#b3261e", "border-width": 4, opacity: 1 } },
    { selector: ".on-path[name]", style: { "font-size": 24, "font-weight": "bold", "min-zoomed-font-size": 0,
      "text-max-width": 400, "text-background-color": "#ffffff", "text-background-opacity": 0.85 } },
    { selector: "edge.path", style: {
      width: 4, "line-color": "#b3261e", "target-arrow-color": "#b3261e", "target-arrow-shape": "triangle",
      "curve-style": "unbundled-bezier", label: "data(step)", "font-size": 26, color: "#b3261e",
      "text-background-color": "#ffffff", "text-background-opacity": 1, "z-index": 9 } },
  ];

  $("stage").hidden = false;
  $("filters").hidden = false;
  $("languages").hidden = false;
  const cy = cytoscape({
    container: $("board"), style: style, layout: { name: "preset", padding: 30 },
    elements: { nodes: data.nodes, edges: data.edges },
    minZoom: 0.05, maxZoom: 4,
  });

  function clearPath() {
    cy.remove("edge.path");
    cy.elements().removeClass("faded on-path");
  }

  function show(content, none) {
    $("chosen").replaceChildren(...content);
    $("hint").hidden = content.length > 0 || none;
    $("none").hidden = !none;
    $("clear").hidden = content.length === 0 && !none;
  }

  function select(article) {
    articles.forEach((each) => each.classList.toggle("current", each === article));
    current = article;
  }

  function showFinding(article) {
    select(article);
    clearPath();
    const copy = article.cloneNode(true);
    copy.removeAttribute("id");
    copy.removeAttribute("tabindex");
    copy.classList.remove("current");
    copy.querySelectorAll("button").forEach((each) => each.remove());
    show([copy], false);
    const path = data.paths[article.id];
    if (!path) return;
    cy.elements().addClass("faded");
    const nodes = cy.collection(path.map((id) => cy.getElementById(id)).reduce((all, one) => all.union(one), cy.collection()));
    nodes.removeClass("faded").addClass("on-path");
    nodes.ancestors().removeClass("faded");
    for (let at = 1; at < path.length; at += 1) {
      cy.add({ group: "edges", classes: "path",
        data: { id: "p" + at, source: path[at - 1], target: path[at], step: String(at) } });
    }
    cy.fit(nodes, 80);
    $("graph").scrollIntoView({ block: "start" });
  }

  function shown(article) { return !article.hidden; }

  function listFindings(ids) {
    const found = articles.filter((each) => shown(each) && (data.paths[each.id] || []).some((id) => ids.has(id)));
    show(found.map((article) => {
      const button = document.createElement("button");
      button.type = "button";
      article.querySelector("h4").childNodes.forEach((node) => button.append(node.cloneNode(true)));
      button.addEventListener("click", () => showFinding(article));
      return button;
    }), found.length === 0);
  }

  function back() {
    clearPath();
    select(null);
    show([], false);
    cy.fit(undefined, 30);
  }

  cy.on("tap", "node", (event) => {
    clearPath();
    const node = event.target;
    node.addClass("on-path");
    listFindings(new Set([node.id(), ...node.descendants().map((each) => each.id())]));
  });
  cy.on("tap", (event) => { if (event.target === cy) back(); });

  function filter() {
    const statuses = new Set([...document.querySelectorAll("#filters [name=status]:checked")].map((box) => box.value));
    const zone = $("zone").value;
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (element) => {
      const told = element.textContent.toLowerCase();
      return statuses.has(element.dataset.status) && words.every((word) => told.includes(word));
    };
    articles.forEach((each) => {
      const there = zone === "" || each.dataset.zones.split(" ").includes(zone);
      each.hidden = !(there && matches(each));
    });
    // A check is shown for what its own row says or what its shown findings say; a zone hides
    // only checks whose findings all lie elsewhere.
    checks.forEach((each) => {
      const name = "f" + each.id.slice(1);
      const own = articles.filter((article) => article.id.replace(/-\d+$/, "") === name);
      const some = own.some(shown);
      each.hidden = !(some || (matches(each) && (zone === "" || own.length === 0)));
    });
    cy.nodes("[kind = 'zone']").forEach((node) => {
      node.style("border-width", zone !== "" && String(node.data("zone")) === zone ? 6 : zoneWidth);
    });
  }

  $("filters").addEventListener("input", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", back);
  $("languages").addEventListener("click", (event) => {
    const to = event.target.dataset.to;
    if (!to) return;
    root.dataset.lang = to;
    root.lang = to;
    cy.style().update();
  });
  articles.forEach((article) => {
    const button = article.querySelector("button.show");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => showFinding(article));
  });

  function move(by) {
    const list = articles.filter(shown);
    if (!list.length) return;
    const at = list.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
    select(list[next]);
    list[next].focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
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
    opened = [...document.querySelectorAll("header details:not([open]), section details:not([open])")];
    opened.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();
