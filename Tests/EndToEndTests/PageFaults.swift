/// What keeps a page from those who do not see it, do not use a mouse, or have a small screen.
///
/// Names, order and contrast as axe-core looks for them (WCAG 2.2: 1.3.1, 1.4.3, 1.4.10, 3.1.1, 4.1.2), for a page of
/// ours: what cannot stand there is not looked for.
enum PageFaults {
  /// An expression for a browser: the faults of what it shows, each a line.
  static let script = """
    (() => {
      const faults = [];
      const text = id => document.getElementById(id)?.textContent ?? "";
      const name = each => (each.getAttribute("aria-label")
        ?? (each.getAttribute("aria-labelledby") ?? "").split(" ").map(text).join(" ")).trim()
        || [...(each.labels ?? [])].map(label => label.textContent).join(" ").trim()
        || (each.matches("a, button") ? each.textContent.trim() : "");
      if (document.documentElement.lang !== "en") faults.push("no language");
      if (!document.title) faults.push("no title");
      if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
      if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
      for (const each of document.querySelectorAll("a, button, input, select, img, svg:not([aria-hidden])")) {
        if (!name(each)) faults.push("without a name: " + each.outerHTML.slice(0, 120));
      }
      const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
      for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push("twice: " + id);
      let level = 0;
      for (const each of document.querySelectorAll("h1, h2, h3")) {
        const next = Number(each.tagName[1]);
        if (next > level + 2) faults.push("level: " + each.textContent);
        level = next;
      }
      for (const each of document.querySelectorAll("svg.chart rect, svg.chart circle")) {
        if (each.getBoundingClientRect().width === 0) faults.push("not drawn: " + each.outerHTML);
      }
      const wide = document.documentElement.scrollWidth - window.innerWidth;
      if (wide > 0) faults.push("too wide by " + wide);
      for (const each of document.querySelectorAll("main *:not(figure):not(svg, svg *)")) {
        const over = each.scrollWidth - each.clientWidth;
        if (window.innerWidth < 600 && each.clientWidth > 0 && over > 1) faults.push("scrolls by " + over + ": " + each.outerHTML.slice(0, 120));
      }
      const parts = color => (color.match(/[\\d.]+/g) ?? []).map(Number);
      const luminance = color => parts(color).slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
      const ground = each => {
        for (let at = each; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          if (parts(color)[3] !== 0) return color;
        }
        return "rgb(255, 255, 255)";
      };
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let seen = 0;
      while (texts.nextNode()) {
        const each = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !each.getClientRects().length || each.closest("script, style")) continue;
        const style = getComputedStyle(each);
        const [one, other] = [luminance(each.closest("svg") ? style.fill : style.color), luminance(ground(each))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        const isLarge = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
        seen += 1;
        if (!(contrast >= (isLarge ? 3 : 4.5))) faults.push("contrast " + contrast.toFixed(2) + ": " + texts.currentNode.data.trim().slice(0, 60));
      }
      if (seen < 10) faults.push("only " + seen + " texts were looked at");
      return faults;
    })()
    """
}
