namespace Sequor.Scoring;

/// <summary>Numbers the words of a sentence and its references, equal words equally.</summary>
internal sealed class WordNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    internal int[] Of(List<string> words)
    {
        var numbers = new int[words.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!_numbers.TryGetValue(words[i], out numbers[i]))
            {
                numbers[i] = _numbers.Count;
                _numbers.Add(words[i], numbers[i]);
            }
        }

        return numbers;
    }
}
