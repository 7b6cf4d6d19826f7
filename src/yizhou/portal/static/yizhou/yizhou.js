/* Small helpers on top of working HTML: without this file every page still loads, files and submits. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const on = (type, handler, options) => document.addEventListener(type, handler, options);
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

  /* "/" goes to the search box, Esc closes whatever is open */
  on("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const box = $("#search-box");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (event.key === "Escape") { closeDropDowns(); closeSheet(); }
  });
  const closeDropDowns = (except) => {
    for (const open of document.querySelectorAll("details.drop-down[open], details.menu[open]")) {
      if (!except || !open.contains(except)) open.open = false;
    }
  };
  const closeSheet = () => $("#definition.sheet")?.classList.remove("sheet");
  on("click", (event) => {
    closeDropDowns(event.target);
    if (!event.target.closest("#definition, a.number")) closeSheet();
  });

  /* boxes that an earlier answer calls for: data-show-when names the box, data-show-values its answers */
  const conditional = (root = document) => {
    for (const box of root.querySelectorAll("[data-show-when]")) {
      const other = box.form?.elements[box.dataset.showWhen];
      if (!other) continue;
      const answer = other.closest(".field")?.hidden ? "" : other.type === "checkbox" ? (other.checked ? "1" : "") : other.value;
      const field = box.closest(".field");
      field.hidden = !box.dataset.showValues.split("|").includes(answer);
    }
  };
  on("change", (event) => event.target.form && conditional(event.target.form));
  on("DOMContentLoaded", () => conditional());
  on("htmx:afterSettle", () => conditional());

  /* toasts: from the page, or from the server through HX-Trigger: {"toast": {"text": …, "level": …}} */
  const toast = (text, level = "ok") => {
    const note = document.createElement("div");
    note.className = `toast ${level}`;
    note.textContent = text;
    $("#toasts")?.append(note);
    setTimeout(() => note.remove(), level === "ok" ? 5000 : 12000);
  };
  on("toast", (event) => toast(event.detail.text, event.detail.level));

  /* asking before something that cannot be taken back: <form data-confirm="…"> */
  const ask = (question, yes) => {
    const box = $("#confirm");
    $("[data-question]", box).textContent = question;
    box.returnValue = "";
    box.onclose = () => { if (box.returnValue === "yes") yes(); };
    box.showModal();
  };
  on("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (question && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(question, () => { form.dataset.confirmed = "1"; form.requestSubmit(event.submitter); });
      return;
    }
    delete form.dataset.confirmed;
    delete form.dataset.dirty;
    /* after the values were read: no second press; the server's once-token covers what slips through */
    setTimeout(() => busy(form, true));
  }, true);
  const busy = (form, yes) => {
    if (form.method === "get" || form.dataset.download !== undefined) return;
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (yes && !button.disabled) { button.disabled = true; button.dataset.busy = "1"; }
      if (!yes && button.dataset.busy) { button.disabled = false; delete button.dataset.busy; }
    }
  };
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => busy(form, false)));

  /* leaving a form that was changed but not sent: <form data-guard> */
  on("input", (event) => {
    const form = event.target.form;
    if (form?.dataset.guard !== undefined) form.dataset.dirty = "1";
  });
  window.addEventListener("beforeunload", (event) => { if ($("form[data-dirty]")) event.preventDefault(); });

  /* one click = one small act */
  const acts = {
    print: () => window.print(),
    close: (button) => button.closest("dialog")?.close(),
    copy: async (button) => { await navigator.clipboard.writeText(button.dataset.text); toast("已复制"); },
    type: (button) => {
      const large = document.documentElement.dataset.type !== "large";
      if (large) document.documentElement.dataset.type = "large"; else delete document.documentElement.dataset.type;
      button.setAttribute("aria-pressed", String(large));
      try { localStorage.setItem("yizhou.type", large ? "large" : ""); } catch { /* not remembered */ }
    },
    fill: (button) => {
      $("#id_username").value = button.dataset.username;
      $("#id_password").value = button.dataset.password;
      $("#id_username").form.querySelector("button").focus();
    },
  };
  on("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) acts[button.dataset.act]?.(button);
  });
  document.querySelectorAll("[data-act=type]").forEach((button) =>
    button.setAttribute("aria-pressed", String(document.documentElement.dataset.type === "large")));
  on("change", (event) => { if (event.target.matches("[data-go]")) event.target.form.requestSubmit(); });

  /* ticking a whole page without asking the server for it, and how many are ticked */
  const ticks = () => [...document.querySelectorAll("input[form=ticked][name=ids]")];
  const countTicks = () => {
    const count = ticks().filter((box) => box.checked).length;
    const said = $("[data-ticked]");
    if (said) said.textContent = count ? ` ${count}` : "";
  };
  on("click", (event) => {
    const all = event.target.closest("a[data-tick]");
    if (!all) return;
    event.preventDefault();
    const yes = ticks().some((box) => !box.checked);
    for (const box of ticks()) box.checked = yes;
    all.textContent = yes ? "全不选" : "全选";
    countTicks();
  });
  on("change", (event) => { if (event.target.form?.id === "ticked") countTicks(); });

  /* the drop zone is a plain file input: only light it up, and say early that a file is too big */
  for (const type of ["dragenter", "dragover"]) on(type, (event) => event.target.closest?.(".drop-zone input")?.classList.add("over"));
  for (const type of ["dragleave", "drop"]) on(type, (event) => event.target.closest?.(".drop-zone input")?.classList.remove("over"));
  on("change", (event) => {
    const input = event.target.closest(".drop-zone input");
    const limit = Number(input?.dataset.megabytes || 0);
    if (limit && input.files[0]?.size > limit * 1048576) { toast(`文件超过 ${limit} MB，请分成几个文件再传`, "warn"); input.value = ""; }
  });

  /* htmx: dialogs open when filled, failures are said in words */
  on("htmx:afterSwap", (event) => {
    const box = $("#dialog");
    if (event.detail.target.id === "dialog-body" && !box.open) box.showModal();
    if (event.detail.target.id === "definition") event.detail.target.classList.add("sheet");
  });
  on("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    const form = event.target.closest?.("form");
    if (form) busy(form, false);
    if (xhr.status < 400 || xhr.status === 422) return;
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    toast(page.querySelector("#problem")?.textContent.trim() || "没办成，请稍后再试", "late");
  });
  on("htmx:sendError", () => toast("没有连上服务器，请检查网络后再试", "late"));
  on("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });
  /* a number of the report shows which definition stands beside it */
  on("click", (event) => {
    const number = event.target.closest("a.number");
    if (!number) return;
    document.querySelectorAll("a.number[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    number.setAttribute("aria-current", "true");
  });
})();
