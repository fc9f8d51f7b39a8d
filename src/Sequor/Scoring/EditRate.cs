namespace Sequor.Scoring;

/// <summary>Edits in percent of a reference length that may be zero.</summary>
internal static class EditRate
{
    // Against an empty reference nothing is right and anything is wrong: 0 and 100, as sacreBLEU has it for TER.
    internal static double Percent(double edits, double referenceLength)
    {
        if (referenceLength > 0)
            return 100 * (edits / referenceLength);
        return edits > 0 ? 100 : 0;
    }
}
