namespace Sequor.Training.Reports.Pages;

/// <summary>How the page looks, in light, in dark and on paper.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet; it holds no character that XML would read as markup.</summary>
    /// <remarks>
    /// Colours 1 to 4 are told apart by people with any common colour blindness (after Okabe and Ito, "Color Universal Design", 2008),
    /// darkened on white and lightened on black for contrast.
    /// </remarks>
    public const string Css =
        """

        :root {
          color-scheme: light dark;
          --page: #ffffff; --panel: #f6f7f8; --ink: #1c2126; --quiet: #5b656f; --rule: #d8dde2; --grid: #e9ecef;
          --colour-1: #0069a8; --colour-2: #c04e00; --colour-3: #007d5d; --colour-4: #9a4a80; --heat: #004f8a;
          --warn: #8a5a00; --warn-panel: #fff7e6;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --page: #14181c; --panel: #1c2127; --ink: #e4e8eb; --quiet: #9ba6b0; --rule: #343c44; --grid: #262d34;
            --colour-1: #5cb3ec; --colour-2: #f0914a; --colour-3: #45c5a0; --colour-4: #d994bf; --heat: #74c0f4;
            --warn: #f0c060; --warn-panel: #2b2517;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 40px 28px 56px; max-width: 1016px; background: var(--page); color: var(--ink);
          font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: break-word;
        }
        a { color: var(--colour-1); text-underline-offset: 2px; }
        a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--colour-1); outline-offset: 2px; }
        h1 { margin: 0 0 6px; font-size: 29px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; text-wrap: balance; }
        h2 { margin: 0 0 14px; font-size: 19px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
        h3 { margin: 0; font-size: 15px; line-height: 1.35; font-weight: 600; }
        p { margin: 0 0 10px; }
        code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 13px; }
        pre { margin: 0; padding: 12px 14px; background: var(--panel); border-radius: 5px; overflow-x: auto; line-height: 1.5; tab-size: 4; }
        .kind { margin: 0 0 4px; color: var(--quiet); font-size: 13px; }
        .lead { max-width: 70ch; font-size: 16px; }
        .note { color: var(--quiet); font-size: 13px; margin: 0; }
        .command { margin: 14px 0 8px; white-space: pre-wrap; }
        .figures {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(138px, 1fr)); gap: 18px 0; margin: 26px 0 0; padding: 16px 0;
          border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule);
        }
        .figures div { padding: 0 14px; border-inline-start: 1px solid var(--rule); }
        .figures div:first-child { padding-inline-start: 0; border-inline-start: 0; }
        .figures dt { color: var(--quiet); font-size: 13px; }
        .figures dd { margin: 0; font-size: 23px; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em; white-space: nowrap; }
        .figures dd.note { font-size: 12.5px; line-height: 1.35; font-weight: 400; letter-spacing: 0; white-space: normal; }
        nav { margin: 14px 0 0; font-size: 13.5px; }
        nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0; padding: 0; list-style: none; }
        nav a { text-decoration: none; }
        nav a:hover { text-decoration: underline; }
        section { margin: 46px 0 0; scroll-margin-top: 16px; }
        .warnings { margin: 0; padding: 11px 14px 11px 32px; background: var(--warn-panel); border-radius: 5px; }
        .warnings li::marker { color: var(--warn); }
        .scroll { overflow-x: auto; margin: 0 0 18px; }
        table { border-collapse: collapse; font-size: 13.5px; line-height: 1.4; }
        caption { padding: 0 0 5px; text-align: start; color: var(--quiet); font-size: 13px; }
        th, td { padding: 5px 30px 5px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--grid); font-weight: 400; }
        th:last-child, td:last-child { padding-inline-end: 0; }
        thead th { border-bottom-color: var(--rule); color: var(--quiet); font-size: 12.5px; white-space: nowrap; vertical-align: bottom; }
        .number { text-align: right; white-space: nowrap; }
        .figure-grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 34px 28px; }
        .figure-grid .wide { grid-column: 1 / -1; }
        figure { margin: 0; min-width: 0; }
        figcaption { margin: 0 0 8px; }
        .picture { overflow-x: auto; }
        .chart { display: block; width: 100%; height: auto; overflow: visible; }
        .wide .chart { min-width: 640px; }
        svg text { font-family: inherit; }
        .tick, .axis-name { fill: var(--quiet); font-size: 12px; }
        .name { font-size: 12.5px; font-weight: 600; }
        .grid { stroke: var(--grid); }
        .axis { stroke: var(--rule); }
        .curve { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
        .faint { stroke-width: 1; opacity: 0.3; }
        .colour-1 { stroke: var(--colour-1); } .colour-2 { stroke: var(--colour-2); }
        .colour-3 { stroke: var(--colour-3); } .colour-4 { stroke: var(--colour-4); }
        .marker.colour-1, .name.colour-1 { fill: var(--colour-1); } .marker.colour-2, .name.colour-2 { fill: var(--colour-2); }
        .marker.colour-3, .name.colour-3 { fill: var(--colour-3); } .marker.colour-4, .name.colour-4 { fill: var(--colour-4); }
        .marker, .name { stroke: none; }
        .heat { fill: var(--heat); shape-rendering: crispEdges; }
        .frame { fill: none; stroke: var(--rule); }
        .token { fill: var(--ink); font-size: 12.5px; }
        .attention-grid { display: flex; flex-wrap: wrap; gap: 30px 44px; margin: 16px 0 0; }
        .attention-grid figure { max-width: 100%; }
        .attention { display: block; max-width: none; }
        details { margin: 8px 0 0; font-size: 13.5px; }
        summary { width: max-content; color: var(--colour-1); cursor: pointer; }
        details .scroll { margin-top: 10px; max-height: 380px; overflow: auto; }
        .samples { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--grid); }
        .samples li { display: flex; gap: 24px; justify-content: space-between; padding: 12px 0; border-bottom: 1px solid var(--grid); break-inside: avoid; }
        .samples dl { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 2px 14px; margin: 0; flex: 1; min-width: 0; }
        .samples dt { color: var(--quiet); font-size: 13px; line-height: 23px; }
        .samples dd { margin: 0; white-space: pre-wrap; }
        .samples .translation { font-weight: 600; }
        .score { margin: 0; text-align: right; white-space: nowrap; }
        .score span { color: var(--quiet); font-size: 13px; }
        .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 22px; margin: 0 0 20px; }
        .facts dt { color: var(--quiet); }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        footer { margin: 52px 0 0; padding: 12px 0 0; border-top: 1px solid var(--rule); color: var(--quiet); font-size: 13px; }
        @media (max-width: 720px) {
          body { padding: 24px 16px 40px; }
          .figure-grid { grid-template-columns: minmax(0, 1fr); }
          .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
          .figures div { padding: 0; border: 0; }
          .samples li { display: block; }
          .samples dl { grid-template-columns: minmax(0, 1fr); }
          .score { text-align: start; margin-top: 4px; }
          .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
          .facts dd { margin: 0 0 8px; }
        }
        @media print {
          body { padding: 0; max-width: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          nav, details:not([open]) { display: none; }
          section { margin-top: 26px; }
          figure, tr, .figures { break-inside: avoid; }
          h2, h3, caption { break-after: avoid; }
          pre { white-space: pre-wrap; }
          details .scroll { max-height: none; }
        }

        """;
}
