using System.Globalization;

namespace Sequor.Batching;

/// <summary>How far one corpus that is read from its files had come.</summary>
/// <param name="Pass">Passes over the files that are complete in this epoch; a weight above 1 needs several.</param>
/// <param name="Line">Lines of this pass that are read.</param>
/// <param name="SourceOffset">Bytes of the (unpacked) source file before the next line.</param>
/// <param name="TargetOffset">The same in the target file; equal to the source's where one file holds both sides.</param>
/// <param name="Taken">Sentence pairs taken in this epoch.</param>
/// <param name="AlignmentOffset">Bytes of the (unpacked) file of alignments before the next line; 0 where there is none.</param>
public readonly record struct CorpusPosition(int Pass, long Line, long SourceOffset, long TargetOffset, long Taken, long AlignmentOffset = 0)
{
    /// <summary>The text form: the numbers parted by colons, the last one only where there is a file of alignments.</summary>
    public override string ToString()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Pass}:{Line}:{SourceOffset}:{TargetOffset}:{Taken}");
        return AlignmentOffset == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}:{AlignmentOffset}");
    }

    /// <summary>Reads the text form back.</summary>
    /// <param name="text">What <see cref="ToString"/> gave.</param>
    /// <exception cref="FormatException">The text is not five or six numbers parted by colons.</exception>
    public static CorpusPosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] fields = text.Split(':');
        if (fields.Length is not (5 or 6))
            throw new FormatException($"'{text}' is no place in a corpus: five numbers parted by colons were expected, or six with alignments.");
        long[] numbers = [.. fields.Select(field => DataPosition.Number(field, text))];
        return new CorpusPosition(checked((int)numbers[0]), numbers[1], numbers[2], numbers[3], numbers[4], fields.Length == 6 ? numbers[5] : 0);
    }
}
