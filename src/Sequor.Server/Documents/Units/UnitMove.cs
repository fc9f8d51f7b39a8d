namespace Sequor.Server.Documents.Units;

/// <summary>Moves units that were found in a part of a document to their place in the whole.</summary>
internal static class UnitMove
{
    /// <summary>The same unit, further on.</summary>
    /// <param name="unit">A unit of the part.</param>
    /// <param name="offset">Where the part begins.</param>
    public static DocumentUnit By(DocumentUnit unit, int offset) => unit with
    {
        Start = unit.Start + offset,
        End = unit.End + offset,
        Marks = [.. unit.Marks.Select(mark => By(mark, offset))],
    };

    private static InlineMark By(InlineMark mark, int offset)
    {
        InlineMark moved = new(mark.Kind, mark.Start, By(mark.Opening, offset))
        {
            Name = mark.Name,
            End = mark.End,
            Closing = By(mark.Closing, offset),
            HasSpaceBefore = mark.HasSpaceBefore,
            HasSpaceBehind = mark.HasSpaceBehind,
        };
        moved.Children.AddRange(mark.Children.Select(child => By(child, offset)));
        return moved;
    }

    private static MarkSource By(MarkSource source, int offset) => source with { Start = source.Start + offset, End = source.End + offset };
}
