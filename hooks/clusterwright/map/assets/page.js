"use strict";
// Finds, filters and tells; the picture is drawn already. Data comes as rows of numbers into one list of words.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const word = (index) => data.words[index];
  const byId = (id) => document.getElementById(id);
  const STEP = 200;
  const MARKS = { added: "+ ", changed: "~ ", removed: "− " };

  const clusters = data.clusters.map((row, index) => ({
    kind: "cluster", key: `cluster/${word(row[0])}`, index, title: word(row[0]), type: word(row[1]), host: word(row[2]),
    environment: word(row[3]), ring: word(row[4]), state: word(row[5]), server: word(row[6]), path: word(row[7]),
    line: row[8], status: word(row[9]), cluster: word(row[0]), project: "",
  }));
  const clusterNamed = new Map(clusters.map((one) => [one.title, one]));
  const applications = data.applications.map((row, index) => {
    const cluster = word(row[4]);
    return {
      kind: "application", key: `application/${word(row[0])}`, index, name: word(row[1]), title: word(row[2]), type: word(row[3]), cluster,
      namespace: word(row[5]), project: word(row[6]), environment: word(row[7]), wave: row[8], maker: row[9],
      needs: row[10], sources: row[11].map((source) => source.map(word)), path: word(row[12]), line: row[13],
      status: word(row[14]), was: word(row[15]), ring: clusterNamed.get(cluster)?.ring || "", makes: [], wanted: [],
    };
  });
  for (const one of applications) {
    if (one.maker >= 0) applications[one.maker].makes.push(one.index);
    for (const need of one.needs) applications[need].wanted.push(one.index);
  }
  const projects = data.projects.map((row) => ({
    kind: "project", key: `project/${word(row[0])}`, title: word(row[0]), clusters: row[1].map(word), path: word(row[2]), line: row[3],
    status: word(row[4]), project: word(row[0]), cluster: "", environment: "", ring: "",
  }));
  const roots = data.roots.map((row) => ({
    kind: "root", key: `root/${word(row[0])}`, title: word(row[0]), folder: word(row[1]), after: row[2].map(word), cluster: word(row[3]),
    planned: row[4] === 1, path: word(row[5]), line: row[6], status: word(row[7]), project: "",
    environment: clusterNamed.get(word(row[3]))?.environment || "", ring: clusterNamed.get(word(row[3]))?.ring || "",
  }));
  const everything = [...clusters, ...applications, ...projects, ...roots];
  const named = new Map(everything.map((one) => [one.key, one]));
  const versions = (one) => (one.sources || []).filter((s) => s[2]).map((s) => `${s[2]} ${s[3]}`).join(", ");
  const about = (one) => {
    const parts = {
      cluster: () => [`${one.type} cluster`, one.environment, one.state, one.ring && `ring ${one.ring}`],
      application: () => [one.cluster, one.environment, versions(one) || one.namespace],
      project: () => ["project", one.clusters.join(", ")],
      root: () => ["root", one.folder],
    }[one.kind]();
    return parts.filter(Boolean).join(" · ");
  };
  for (const one of everything) {
    const words = [one.title, one.name, about(one), one.namespace, one.project, one.path, one.server, one.host];
    one.text = words.filter(Boolean).join(" ").toLowerCase();
  }

  const fields = ["kind", "cluster", "environment", "ring", "project", "status"];
  const KINDS = { cluster: "Clusters", application: "Applications", project: "Projects", root: "Roots" };
  const option = (select, value, text) => {
    const one = document.createElement("option");
    one.value = value;
    one.textContent = text;
    select.append(one);
  };
  for (const field of fields) {
    const select = byId(field);
    const values = [...new Set(everything.map((one) => one[field]).filter(Boolean))];
    if (field !== "kind" && field !== "cluster") values.sort();
    option(select, "", field === "kind" ? "Everything" : "All");
    for (const value of values) option(select, value, field === "kind" ? KINDS[value] : value);
    if (field === "status") byId("status-label").hidden = !values.length;
    else if (field !== "kind") select.disabled = !values.length;
  }

  let found = [];
  let shown = 0;
  let narrowed = null;
  let chosen = null;
  const results = byId("results");

  function matching() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = fields.map((field) => [field, byId(field).value]).filter(([, value]) => value);
    return everything.filter(
      (one) =>
        (!narrowed || narrowed.has(one)) &&
        wanted.every(([field, value]) => one[field] === value) &&
        words.every((each) => one.text.includes(each)),
    );
  }
  function row(one) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.tabIndex = -1;
    item.dataset.key = one.key;
    item.setAttribute("aria-selected", String(one === chosen));
    const title = document.createElement("b");
    title.textContent = (MARKS[one.status] || "") + one.title;
    if (one.status) title.className = one.status;
    const rest = document.createElement("span");
    rest.textContent = about(one);
    item.append(title, rest);
    if (one.status) item.setAttribute("aria-label", `${one.status}: ${one.title}, ${about(one)}`);
    return item;
  }
  function extend() {
    const next = found.slice(shown, shown + STEP);
    results.append(...next.map(row));
    shown += next.length;
    byId("more").hidden = shown >= found.length;
    roam(results.querySelector('[aria-selected="true"]') || results.firstElementChild);
  }
  function roam(item) {
    results.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    if (item) item.tabIndex = 0;
  }
  function refresh() {
    found = matching();
    shown = 0;
    results.replaceChildren();
    extend();
    byId("count").textContent =
      found.length === everything.length ? `${everything.length} results` : `${found.length} of ${everything.length} results`;
  }

  const line = (list, name, value) => {
    if (value === "" || value === undefined) return;
    const term = document.createElement("dt");
    term.textContent = name;
    const text = document.createElement("dd");
    text.append(value);
    list.append(term, text);
  };
  const links = (parent, title, items) => {
    if (!items.length) return;
    const heading = document.createElement("h3");
    heading.textContent = title;
    const box = document.createElement("div");
    box.className = "links";
    for (const one of items.slice(0, 60)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one.title;
      button.addEventListener("click", () => choose(one, true));
      box.append(button);
    }
    if (items.length > 60) box.append(`and ${items.length - 60} more`);
    parent.append(heading, box);
  };
  function place(one) {
    const box = document.createElement("span");
    const code = document.createElement("code");
    code.textContent = `${one.path}:${one.line}`;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "Copy";
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
      }
    });
    box.append(code, " ", copy);
    return box;
  }
  function tell(one) {
    const details = byId("details");
    const title = document.createElement("h2");
    title.textContent = (MARKS[one.status] || "") + one.title;
    const what = document.createElement("p");
    what.className = "what";
    const list = document.createElement("dl");
    if (one.status) line(list, "Change", one.was ? `${one.status}, was ${one.was}` : one.status);
    if (one.path) line(list, "Manifest", place(one));
    details.replaceChildren(title, what, list);
    if (one.kind === "cluster") {
      what.textContent = `${one.type} cluster`;
      line(list, "Host", one.host);
      line(list, "Environment", one.environment);
      line(list, "Ring", one.ring);
      line(list, "State", one.state);
      line(list, "Server", one.server);
      links(details, "Made by", roots.filter((root) => root.cluster === one.title));
      links(details, "Hosts", clusters.filter((other) => other.host === one.title));
      links(details, "Applications", applications.filter((other) => other.cluster === one.title));
    } else if (one.kind === "application") {
      what.textContent = one.type;
      if (one.name !== one.title) line(list, "Name", one.name);
      line(list, "Cluster", one.cluster);
      line(list, "Namespace", one.namespace);
      line(list, "Environment", one.environment);
      line(list, "Ring", one.ring);
      line(list, "Project", one.project);
      line(list, "Wave", String(one.wave));
      for (const [repository, path, chart, version] of one.sources) {
        line(list, chart ? "Chart" : "Source", [chart ? `${chart} ${version}` : path || "values", `from ${repository}`, chart ? "" : version && `at ${version}`].filter(Boolean).join(" "));
      }
      const all = (indexes) => indexes.map((index) => applications[index]);
      links(details, "Needs", all(one.needs));
      links(details, "Needed by", all(one.wanted));
      links(details, "Made by", one.maker >= 0 ? [applications[one.maker]] : []);
      links(details, "Makes", all(one.makes));
    } else if (one.kind === "project") {
      what.textContent = "Argo CD project";
      links(details, "Clusters", one.clusters.map((name) => clusterNamed.get(name)).filter(Boolean));
      if (one.clusters.includes("*")) line(list, "Clusters", "all");
      links(details, "Applications", applications.filter((other) => other.project === one.title));
    } else {
      what.textContent = one.planned ? "Root that Atlantis plans" : "Root that people plan";
      line(list, "Folder", one.folder);
      links(details, "After", one.after.map((name) => named.get(`root/${name}`)).filter(Boolean));
      links(details, "Before", roots.filter((other) => other.after.includes(one.title)));
      links(details, "Makes", clusters.filter((other) => other.title === one.cluster));
    }
  }
  function choose(one, open) {
    chosen = one;
    for (const item of results.children) item.setAttribute("aria-selected", String(item.dataset.key === one.key));
    roam(results.querySelector('[aria-selected="true"]') || results.firstElementChild);
    tell(one);
    history.replaceState(null, "", `#${encodeURIComponent(one.key)}`);
    if (open) byId("details").focus();
  }

  const boxes = new Map(data.picture.map((one) => [word(one[0]), one]));
  const thing = { c: clusters, a: applications, r: roots };
  const every = (rows) => rows.flatMap(([letter, indexes]) => indexes.map((index) => thing[letter][index]));
  function pick(target) {
    const box = boxes.get(target.dataset.box);
    if (!box) return;
    const entry = target.dataset.entry;
    const part = entry === undefined ? every(box[1]) : every(box[2][Number(entry)]);
    if (!part.length) return;
    for (const other of document.querySelectorAll(".canvas .chosen")) other.classList.remove("chosen");
    target.classList.add("chosen");
    narrowed = new Set(part);
    byId("narrowed").hidden = false;
    byId("narrowed").firstElementChild.textContent = `Only what is in “${target.getAttribute("aria-label")}”.`;
    refresh();
    choose(part[0], false);
  }
  function widen() {
    narrowed = null;
    byId("narrowed").hidden = true;
    for (const other of document.querySelectorAll(".canvas .chosen")) other.classList.remove("chosen");
    refresh();
  }
  function light(target) {
    const canvas = document.querySelector(".canvas");
    const key = target?.dataset.entry === undefined ? null : `${target.dataset.box}\n${target.dataset.entry}`;
    canvas.classList.toggle("lit", key !== null);
    for (const arrow of canvas.querySelectorAll(".arrow")) {
      const { box, tail, head } = arrow.dataset;
      arrow.classList.toggle("near", `${box}\n${tail}` === key || `${box}\n${head}` === key);
    }
  }
  const button = (event) => event.target.closest?.('.canvas [role="button"]');
  document.addEventListener("click", (event) => {
    const target = button(event);
    const item = event.target.closest?.("#results li");
    if (target) pick(target);
    else if (item) choose(named.get(item.dataset.key), false);
  });
  // Not `pointerover`: whoever goes on by keyboard may scroll another part of the picture below a pointer that rests.
  let hovered = null;
  document.addEventListener("pointermove", (event) => {
    if (button(event) === hovered) return;
    hovered = button(event);
    light(hovered || button({ target: document.activeElement }));
  });
  document.addEventListener("focusin", (event) => light(button(event)));
  results.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    const to = {
      ArrowDown: () => item.nextElementSibling || (shown < found.length && (extend(), item.nextElementSibling)),
      ArrowUp: () => item.previousElementSibling || byId("search"),
      Home: () => results.firstElementChild,
      End: () => results.lastElementChild,
    }[event.key]?.();
    if (to) {
      event.preventDefault();
      if (to.tagName === "LI") roam(to);
      to.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(named.get(item.dataset.key), event.key === "Enter");
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea");
    const target = button(event);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "ArrowDown" && event.target.id === "search" && results.firstElementChild) {
      event.preventDefault();
      results.firstElementChild.focus();
    } else if (event.key === "Escape") {
      if (byId("details").contains(event.target)) results.querySelector('[tabindex="0"]')?.focus();
      else if (event.target.id !== "search") byId("search").focus();
      else if (event.target.value) {
        event.preventDefault();
        event.target.value = "";
        refresh();
      }
    } else if (target && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      pick(target);
    }
  });
  byId("filters").addEventListener("input", refresh);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(widen));
  byId("widen").addEventListener("click", widen);
  byId("more").addEventListener("click", extend);
  refresh();
  const asked = named.get(decodeURIComponent(location.hash.slice(1)));
  if (asked) choose(asked, false);
})();
