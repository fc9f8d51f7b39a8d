namespace Sequor.Decoding.Engine;

/// <summary>The text that is certain while a sentence is still being decoded: what every hypothesis that can still be chosen begins with, cut at whole characters.</summary>
/// <param name="textOf">The text of the first pieces of a history, so many of them.</param>
internal sealed class AgreedText(Func<Histories, int, int, string> textOf)
{
    private const char NotYetWhole = '\uFFFD';

    private readonly List<int> _possible = [];
    private string _sent = "";
    private int _agreed;

    /// <summary>What has become certain with the last step; empty for nothing.</summary>
    internal string Next(SentenceSearch search)
    {
        if (search.StillPossible(_possible) || _possible.Count == 0)
        {
            return "";
        }

        int common = Common(search.Histories);
        if (common <= _agreed)
        {
            return "";
        }

        _agreed = common;
        return Send(textOf(search.Histories, _possible[0], common), isWhole: false);
    }

    /// <summary>What is left when the output is finished.</summary>
    internal string Rest(string output) => Send(output, isWhole: true);

    private string Send(string text, bool isWhole)
    {
        // Later pieces may complete a character, or be punctuation that takes the place of a space.
        string certain = isWhole ? text : text.TrimEnd(NotYetWhole).TrimEnd();
        if (!certain.StartsWith(_sent, StringComparison.Ordinal))
        {
            // While the output grows nothing is new then. In the end it would mean a stream that is not the output.
            return isWhole ? throw new InvalidOperationException(
                $"The text told so far, '{_sent}', is not how the output '{certain}' begins: joining its later pieces changed earlier text. Translate without a stream.") : "";
        }

        string part = certain[_sent.Length..];
        _sent = certain;
        return part;
    }

    /// <summary>How many first pieces all possible histories share.</summary>
    private int Common(Histories histories)
    {
        int first = _possible[0];
        int common = histories.Length(first);
        foreach (int other in _possible)
        {
            common = Math.Min(common, histories.Shared(first, other));
        }

        return common;
    }
}
