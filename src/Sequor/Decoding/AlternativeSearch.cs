using Sequor.Batching;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>Finds the ways in which an output may go on behind a prefix.</summary>
/// <param name="predictor">What predicts; it holds no rows.</param>
/// <param name="special">The signs that are not text.</param>
/// <param name="target">Joins pieces.</param>
/// <param name="room">How much is decoded at once.</param>
internal sealed class AlternativeSearch(Predictor predictor, SpecialIds special, Tokenizer target, BatchRoom room)
{
    /// <summary>Finds them, the most probable first.</summary>
    /// <param name="source">The source's pieces, its end sign last.</param>
    /// <param name="prefix">What the output begins with.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="search">How whole outputs are looked for.</param>
    /// <param name="requests">What every output must keep to.</param>
    /// <param name="textOf">The text of a hypothesis.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    internal IReadOnlyList<Alternative> Find(
        int[] source, int[] prefix, int count, SearchOptions search, SentenceRequests requests, Func<Hypothesis, string> textOf, CancellationToken cancellation)
    {
        (int Id, double Probability)[] next = [.. Next(source, prefix, count, search)];
        SentenceRequest[] waiting = [.. next.Select((one, place) => requests.Make(place, source, 0, [.. prefix, one.Id]))];
        var found = new Hypothesis[waiting.Length];
        new DecodingLoop(predictor, special).Run(
            new SentenceQueue(waiting).Take, room, (request, outputs) => found[request.Place] = outputs[0], cancellation);
        return [.. found.Select((hypothesis, i) => new Alternative(
            Word(prefix, hypothesis.Ids), target.Vocabulary[next[i].Id], next[i].Probability, new GeneratedHypothesis(textOf(hypothesis), hypothesis)))];
    }

    /// <summary>The most probable pieces behind a prefix.</summary>
    private List<(int Id, double Probability)> Next(int[] source, int[] prefix, int count, SearchOptions search)
    {
        HashSet<int> never = [special.Begin, special.Pad, .. search.BannedIds];
        predictor.Add(SequenceBatch.From([source]), [prefix]);
        var needs = new PredictionNeeds((int)Math.Min((long)count + never.Count, predictor.VocabularySize), RowNeeds.Best);
        predictor.Advance([special.Begin], needs);
        foreach (int id in prefix)
        {
            predictor.Advance([id], needs);
        }

        BestPieces best = predictor.Best(0);
        List<(int, double)> next = [];
        for (int i = 0; i < best.Ids.Length && next.Count < count; i++)
        {
            Rules.CheckNumber(best.LogProbabilities[0], prefix.Length);
            if (!never.Contains(best.Ids[i]) && !float.IsNegativeInfinity(best.LogProbabilities[i]))
            {
                next.Add((best.Ids[i], Math.Exp(best.LogProbabilities[i])));
            }
        }

        predictor.Reorder([]);
        return next;
    }

    /// <summary>The word that stands right behind the prefix, or that the prefix has begun.</summary>
    private string Word(int[] prefix, int[] ids)
    {
        string before = target.Decode(prefix);
        string whole = target.Decode(ids);
        if (ids.Length <= prefix.Length || whole.Length <= before.Length)
        {
            return "";
        }

        // A piece may be a space alone: only the text tells where its word begins.
        bool begins = before.Length == 0 || whole[before.Length] == ' ';
        int first = begins ? before.Length : before.LastIndexOf(' ') + 1;
        string rest = whole[first..].TrimStart(' ');
        int end = rest.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }
}
