/* Suggestions in the search boxes, by the combobox pattern of the ARIA Authoring Practices: the field keeps the focus,
   the arrow keys choose, Enter follows what is chosen or else searches, Escape closes. The server makes the options;
   without this file, or where it fails, each box is the plain form that it is. */
"use strict";

(() => {
  const FEWEST_LETTERS = 2;
  const PAUSE = 150; // milliseconds without a key before the server is asked

  function offerSuggestions(form) {
    const field = form.querySelector('input[name="q"]');
    const list = document.createElement("div");
    const told = document.createElement("p");
    let waiting = 0;
    let asking = null;
    let asked = "";
    let chosen = -1;

    list.id = `${field.id}-suggestions`;
    list.className = "suggestion-box";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector("label").textContent.trim());
    list.hidden = true;
    told.className = "for-readers";
    told.setAttribute("aria-live", "polite");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    form.append(list, told);

    const options = () => [...list.querySelectorAll('[role="option"]')];

    function choose(place) {
      const all = options();
      chosen = place;
      all.forEach((option, each) => option.setAttribute("aria-selected", String(each === chosen)));
      if (chosen < 0) {
        field.removeAttribute("aria-activedescendant");
      } else {
        field.setAttribute("aria-activedescendant", all[chosen].id);
        all[chosen].scrollIntoView({ block: "nearest" });
      }
    }

    function open() {
      list.hidden = options().length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
    }

    function close() {
      window.clearTimeout(waiting);
      asking?.abort();
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function show(html) {
      // The server's own page, parsed as a document of its own; its options are taken over, and nothing else of it.
      const answer = new DOMParser().parseFromString(html, "text/html").querySelector(".suggestions");
      list.replaceChildren(...(answer ? answer.querySelectorAll('[role="group"]') : []));
      options().forEach((option, place) => {
        option.id = `${list.id}-${place}`;
      });
      told.textContent = answer?.dataset.told ?? "";
      choose(-1);
      open();
    }

    async function ask() {
      const text = field.value.trim();
      asking?.abort();
      if (text === asked && !list.hidden) return;
      asked = text;
      if (text.length < FEWEST_LETTERS) {
        list.replaceChildren();
        told.textContent = "";
        close();
        return;
      }
      asking = new AbortController();
      try {
        const address = `${form.dataset.suggest}?${new URLSearchParams({ q: text })}`;
        const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
        if (answer.ok && document.activeElement === field) show(await answer.text());
      } catch (error) {
        if (error.name !== "AbortError") close(); // the form still searches
      }
    }

    field.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, PAUSE);
    });

    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = options().length - 1;
      const steps = { ArrowDown: chosen < last ? chosen + 1 : -1, ArrowUp: chosen < 0 ? last : chosen - 1 };
      if (event.key in steps && last >= 0 && !event.altKey) {
        event.preventDefault();
        open();
        choose(steps[event.key]);
      } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
        event.preventDefault();
        options()[chosen].click();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the first Escape closes; the next one empties the field, as browsers do
        close();
      }
    });

    // A pointer's press would take the focus from the field, and the list would be gone before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
  }

  document.querySelectorAll("form[data-suggest]").forEach(offerSuggestions);
})();
