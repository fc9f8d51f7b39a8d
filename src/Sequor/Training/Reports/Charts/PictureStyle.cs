namespace Sequor.Training.Reports.Charts;

/// <summary>How pictures look that stand in files of their own: as on the page in light.</summary>
internal static class PictureStyle
{
    /// <summary>What an SVG file must say of itself.</summary>
    public const string Namespace = "http://www.w3.org/2000/svg";

    /// <summary>The style sheet; it holds no character that XML would read as markup.</summary>
    public const string Css =
        """

        svg { background: #ffffff; font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif; }
        .tick, .axis-name { fill: #5b656f; font-size: 12px; }
        .name { font-size: 12.5px; font-weight: 600; }
        .grid { stroke: #e9ecef; }
        .axis { stroke: #d8dde2; }
        .curve { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
        .faint { stroke-width: 1; opacity: 0.3; }
        .colour-1 { stroke: #0069a8; } .colour-2 { stroke: #c04e00; } .colour-3 { stroke: #007d5d; } .colour-4 { stroke: #9a4a80; }
        .marker.colour-1, .name.colour-1 { fill: #0069a8; } .marker.colour-2, .name.colour-2 { fill: #c04e00; }
        .marker.colour-3, .name.colour-3 { fill: #007d5d; } .marker.colour-4, .name.colour-4 { fill: #9a4a80; }
        .marker, .name { stroke: none; }
        .heat { fill: #004f8a; shape-rendering: crispEdges; }
        .frame { fill: none; stroke: #d8dde2; }
        .token { fill: #1c2126; font-size: 12.5px; }

        """;
}
