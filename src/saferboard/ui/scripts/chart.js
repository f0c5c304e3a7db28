// Live charts: each `[data-chart]` names the element that holds its Vega-Lite specification. The
// picture that stands there without JavaScript is replaced. Expressions are interpreted: no eval.
import { expressionInterpreter } from "vega-interpreter";
import { View, parse } from "vega";
import { compile } from "vega-lite";

for (const place of document.querySelectorAll("[data-chart]")) {
  const specification = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const runtime = parse(compile(specification).spec, undefined, { ast: true });
  const picture = document.createElement("div");
  picture.className = "sb-chart__picture";
  const view = new View(runtime, {
    expr: expressionInterpreter,
    renderer: "svg",
    container: picture,
    hover: true,
  });
  view.runAsync().then(
    () => {
      // The picture's words stay the chart's: its single marks have none that help.
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", place.querySelector("img")?.alt ?? "");
      picture.querySelector("svg")?.setAttribute("aria-hidden", "true");
      place.replaceChildren(picture);
    },
    (error) => console.error("A chart could not be drawn; its picture stays.", error),
  );
}
