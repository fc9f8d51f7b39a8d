namespace Sequor.Scoring;

/// <summary>Checks that hypotheses and references belong together.</summary>
internal static class CorpusShape
{
    internal static void Check(int hypothesisLines, IReadOnlyList<IReadOnlyList<string?>> references)
    {
        if (hypothesisLines == 0)
            throw new InvalidDataException("Scoring needs at least one hypothesis line, but there is none. Is the hypothesis file empty?");
        if (references.Count == 0)
            throw new InvalidDataException("Scoring needs at least one set of references, but none was given.");

        string[] faults =
        [
            .. references
                .Select((lines, index) => (lines.Count, Number: index + 1))
                .Where(set => set.Count != hypothesisLines)
                .Select(set => $"reference {set.Number} has {set.Count} lines"),
        ];
        if (faults.Length > 0)
        {
            throw new InvalidDataException(
                $"The hypotheses have {hypothesisLines} lines, but {string.Join(", ", faults)}. " +
                "Each reference must have one line for each hypothesis, in the same order.");
        }
    }

    internal static void ReferencesOf(int sentence, IReadOnlyList<IReadOnlyList<string?>> references, List<string> present)
    {
        present.Clear();
        foreach (IReadOnlyList<string?> set in references)
        {
            if (set[sentence] is { } line)
                present.Add(line);
        }

        if (present.Count == 0)
            throw new InvalidDataException($"Line {sentence + 1} has no reference: it is missing in every set. Give at least one.");
    }
}
