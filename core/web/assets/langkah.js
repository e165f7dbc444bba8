// What pages do beyond links and forms: a form kept while it is typed, files that go up one by one with their progress,
// a hand-over that survives a dropped line. Every page works without it.
"use strict";

(() => {
  const SAVE_AFTER = 1200, RETRY_AFTER = 5000, KEPT = "langkah:";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  // Not randomUUID and no clipboard to rely on: an office network may well be plain http.
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const clock = () => new Date().toLocaleTimeString("id-ID", {hour: "2-digit", minute: "2-digit"});

  // ── one request to the server, told apart from a page's by its header ─────────────────────────────────────────────
  async function send(address, body, kind) {
    const answer = await fetch(address, {method: "POST", body, headers: {"X-Langkah": kind}, credentials: "same-origin"});
    const onward = answer.headers.get("X-Langkah-Ke");
    const version = answer.headers.get("X-Versi");
    if (version) for (const field of $$("input[name=versi]")) field.value = version;
    return {answer, onward};
  }

  // ── the task's form: kept in this browser at once, on the server soon after ───────────────────────────────────────
  class Draft {
    constructor(section) {
      this.section = section;
      this.form = $("form.isian-tugas", section);
      this.key = `${KEPT}${section.dataset.orang}:${section.dataset.tugas}`;
      this.state = $(".keadaan-simpan", section);
      this.timer = 0;
      this.flight = Promise.resolve();
      this.form.addEventListener("input", (event) => { if (event.target.type !== "file") this.typed(); });
      window.addEventListener("online", () => { if (this.unsaved()) this.save(); });
      this.restore();
      if ($$("input, textarea", this.form).some((field) => field.name.startsWith("isian.") && field.type !== "file" && field.value !== field.defaultValue)) this.typed();  // before this script was there
    }

    fields() {
      return [...new FormData(this.form)].filter(([name, value]) => name.startsWith("isian.") && typeof value === "string");
    }

    typed() {
      this.keep(false);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), SAVE_AFTER);
    }

    keep(saved) {
      try { localStorage.setItem(this.key, JSON.stringify({saved, fields: this.fields()})); } catch { /* full or forbidden: the server still keeps it */ }
    }

    kept() {
      try { return JSON.parse(localStorage.getItem(this.key) || "null"); } catch { return null; }
    }

    unsaved() { const kept = this.kept(); return Boolean(kept && !kept.saved); }
    forget() { try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ } }

    restore() {
      const kept = this.kept();
      if (!kept || kept.saved) return;
      if (JSON.stringify(kept.fields) === JSON.stringify(this.fields())) { this.forget(); return; }
      for (const field of $$("[name^='isian.']", this.form)) {
        const values = kept.fields.filter(([name]) => name === field.name).map(([, value]) => value);
        if (field.type === "file") continue;
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
        else field.value = values[0] ?? "";
      }
      this.say("Isian yang belum terkirim dipulihkan dari peramban ini.");
      this.save();
    }

    // Nothing is under way any more: what is handed over next meets no other version of the task.
    async settled() {
      clearTimeout(this.timer);
      await this.flight;
      clearTimeout(this.timer);
    }

    save() {
      clearTimeout(this.timer);
      this.flight = this.flight.then(() => this.sent());
      return this.flight;
    }

    async sent() {
      const body = new FormData(this.form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const sent = JSON.stringify(this.fields());
      try {
        const {answer, onward} = await send(this.section.dataset.simpan, body, "simpan");
        if (answer.ok) {
          if (sent === JSON.stringify(this.fields())) this.keep(true);
          this.say(`Tersimpan pukul ${clock()}.`);
        } else if (onward) {
          this.say("Sesi Anda berakhir. Isian tersimpan di peramban ini.", onward, "Masuk lagi");
        } else {
          this.say(await answer.text());
        }
      } catch {
        this.say("Sambungan terputus. Isian Anda tersimpan di peramban ini dan dikirim begitu sambungan pulih.");
        this.timer = setTimeout(() => this.save(), RETRY_AFTER);
      }
    }

    say(text, address, name) {
      this.state.textContent = text;
      if (address) {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = ` ${name}`;
        this.state.append(link);
      }
    }
  }

  // ── files: dropped or chosen, one after the other, each with its progress ─────────────────────────────────────────
  class Files {
    constructor(field, section) {
      this.field = field;
      this.section = section;
      this.input = $("input[type=file]", field);
      this.bars = $(".kemajuan", field);
      this.queue = Promise.resolve();
      this.input.addEventListener("change", () => this.chosen());
      const place = $(".jatuhkan", field);
      for (const name of ["dragenter", "dragover"]) place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("di-atas"); });
      for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("di-atas"));
      place.addEventListener("drop", (event) => { event.preventDefault(); this.take([...event.dataTransfer.files]); });
      field.addEventListener("click", (event) => this.removal(event));
      if (this.input.files.length) this.chosen();  // before this script was there
    }

    chosen() {
      this.take([...this.input.files]);
      this.input.value = "";
    }

    take(files) {
      if (!("banyak" in this.field.dataset)) files = files.slice(0, 1);
      for (const file of files) this.queue = this.queue.then(() => this.up(file, fresh()));
    }

    up(file, key) {
      const row = document.createElement("div");
      const bar = document.createElement("progress");
      const label = document.createElement("span");
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      label.textContent = file.name;
      row.append(label, bar);
      this.bars.append(row);
      const body = new FormData();
      body.append("kunci", key);
      body.append("bidang", this.field.dataset.bidang);
      body.append("berkas", file);
      return new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open("POST", this.section.dataset.unggah);
        request.setRequestHeader("X-Langkah", "berkas");
        request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; });
        request.addEventListener("load", () => {
          if (request.status === 200) { row.remove(); this.show(request.responseText, request.getResponseHeader("X-Versi")); }
          else this.failed(row, request.status < 500 && request.responseText ? request.responseText : "Unggahan gagal di server. Coba lagi.", file, key);
          done();
        });
        request.addEventListener("error", () => { this.failed(row, "Sambungan terputus sebelum berkas sampai.", file, key); done(); });
        request.send(body);
      });
    }

    failed(row, text, file, key) {
      const again = document.createElement("button");
      const away = document.createElement("button");
      const words = document.createElement("span");
      words.className = "gagal";
      words.textContent = `${file.name}: ${text}`;
      for (const [button, name, act] of [[again, "Coba lagi", () => { row.remove(); this.queue = this.queue.then(() => this.up(file, key)); }], [away, "Abaikan", () => row.remove()]]) {
        button.type = "button";
        button.className = "btn btn-sm";
        button.textContent = name;
        button.addEventListener("click", act);
      }
      row.replaceChildren(words, again, away);
      row.setAttribute("role", "alert");
    }

    show(html, version) {
      $(".berkas-daftar", this.field).innerHTML = html;
      if (version) for (const field of $$("input[name=versi]")) field.value = version;
    }

    async removal(event) {
      const button = event.target.closest("[data-hapus]");
      if (!button) return;
      event.preventDefault();
      if (!confirm(`Hapus berkas “${button.dataset.nama}” dari isian ini?`)) return;
      const body = new FormData();
      body.append("kunci", fresh());
      body.append("bidang", this.field.dataset.bidang);
      try {
        const {answer} = await send(button.formAction, body, "berkas");
        const text = await answer.text();
        if (answer.ok) $(".berkas-daftar", this.field).innerHTML = text;
        else alert(text);
      } catch {
        alert("Sambungan terputus; berkas belum dihapus. Coba lagi.");
      }
    }
  }

  // ── handing over: the page stays until the server has answered ────────────────────────────────────────────────────
  async function handOver(event, draft, pending) {
    const form = event.target, button = event.submitter;
    if (button?.hasAttribute("data-hapus")) return;
    event.preventDefault();
    if (form.dataset.mengirim) return;
    form.dataset.mengirim = "ya";
    note(form, "Mengirim…");
    await Promise.all(pending.map((one) => one()));
    const body = new FormData(form, button);
    const buttons = $$("button", form);
    for (const each of buttons) each.disabled = true;
    try {
      const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
      const {answer, onward} = await send(address, body, "kirim");
      if (answer.ok && onward) { draft?.forget(); location.assign(onward); return; }
      if (onward) { note(form, "Sesi Anda berakhir. Isian tersimpan di peramban ini; masuklah lagi, lalu kirim kembali.", onward); return; }
      shown(await answer.text());
    } catch {
      draft?.keep(false);
      note(form, "Sambungan terputus. Tidak ada yang hilang: isian Anda tersimpan di peramban ini. Kirim lagi bila sambungan pulih; tidak akan tercatat dua kali.");
    } finally {
      for (const each of buttons) each.disabled = false;
      delete form.dataset.mengirim;
    }
  }

  function note(form, text, address) {
    const place = $(".keadaan-kirim", form) ?? form.appendChild(Object.assign(document.createElement("p"), {className: "keadaan-kirim"}));
    place.setAttribute("role", "alert");
    place.textContent = text;
    if (address) place.append(" ", Object.assign(document.createElement("a"), {href: address, textContent: "Masuk lagi"}));
  }

  function shown(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    $("#isi").replaceWith($("#isi", page));
    window.htmx?.process($("#isi"));
    begin($("#isi"));
    ($("#isi .penolakan") ?? $("#isi")).focus();
    window.scrollTo(0, 0);
  }

  function begin(root) {
    for (const section of $$("[data-tugas]", root)) {
      const draft = new Draft(section);
      const pending = [() => draft.settled()];
      for (const field of $$(".bidang-berkas", section)) {
        const files = new Files(field, section);
        pending.push(() => files.queue);
      }
      for (const form of $$("[data-form-tugas]", section)) form.addEventListener("submit", (event) => handOver(event, form === draft.form ? draft : null, pending));
    }
    for (const button of navigator.clipboard ? $$("[data-salin]", root) : []) button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.salin);
      button.textContent = "Tersalin";
    });
  }

  // ── small comforts: a menu closes by Escape and by a click beside it; nothing typed outlives its session ──────────
  document.addEventListener("click", (event) => { for (const open of $$("details.lipat[open]")) if (!open.contains(event.target)) open.open = false; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") for (const open of $$("details.lipat[open]")) { open.open = false; $("summary", open).focus(); } });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-keluar]")) return;
    try { for (const key of Object.keys(localStorage)) if (key.startsWith(KEPT)) localStorage.removeItem(key); } catch { /* nothing was kept */ }
  });

  begin(document);
})();
