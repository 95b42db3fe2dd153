/// The page's only script: where it runs, what comes is shown without asking for the page again.
///
/// It makes no markup of its own. When an alert comes it takes the same view from the server and puts its
/// live parts in the place of those that are shown, so that there is one way of showing things.
enum PageScript {
  static let text = #"""
    "use strict";
    (() => {
      const parts = () => document.querySelectorAll("[data-live]");
      const first = parts()[0];
      if (!first || !window.EventSource) return;
      const sign = document.getElementById("live");
      const source = new EventSource("/events?from=" + encodeURIComponent(first.dataset.live));
      let waiting = false;

      const show = async () => {
        waiting = false;
        const answer = await fetch(location.href, {headers: {Accept: "text/html"}});
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of parts()) {
          const next = page.getElementById(part.id);
          // Who reads with the keyboard in it keeps what is there.
          if (!next || part.contains(document.activeElement)) continue;
          const known = new Set([...part.querySelectorAll("[id]")].map((each) => each.id));
          part.replaceChildren(...next.childNodes);
          if (known.size) {
            for (const each of part.querySelectorAll("[id]")) {
              if (!known.has(each.id)) each.classList.add("fresh");
            }
          }
        }
      };

      source.addEventListener("open", () => { sign.hidden = false; });
      source.addEventListener("error", () => { sign.hidden = true; });
      source.addEventListener("alert", () => {
        // Many that come at once are shown at once.
        if (waiting) return;
        waiting = true;
        setTimeout(() => show().catch(() => {}), 300);
      });
    })();

    """#
}
