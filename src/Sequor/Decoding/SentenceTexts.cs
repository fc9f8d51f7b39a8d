using System.Globalization;
using Sequor.Batching;
using Sequor.Decoding.Constraints;
using Sequor.Decoding.Engine;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>What texts become before they are decoded, and hypotheses afterwards. Safe for many threads.</summary>
internal sealed class SentenceTexts
{
    private readonly Ensemble _ensemble;
    private readonly Tokenizer _source;
    private readonly TextPreparation _preparation;
    private readonly UnknownWords _unknown;
    private readonly Lazy<PieceTexts> _pieceTexts;
    private ConstraintCompiler? _constraints;

    /// <summary>For the texts of an ensemble.</summary>
    /// <param name="ensemble">What predicts.</param>
    /// <param name="source">Cuts sources.</param>
    /// <param name="target">Joins outputs.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, the ensemble's parts do not fit together, or the lexical table is of other pieces.</exception>
    internal SentenceTexts(Ensemble ensemble, Tokenizer source, Tokenizer target, GeneratorOptions options)
    {
        ensemble.ThrowIfInvalid();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        if (options.Lexicon is { IsOfPieces: true } lexicon && lexicon.FaultFor(source.Vocabulary, target.Vocabulary) is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        (_ensemble, _source, Target, Options) = (ensemble, source, target, options);
        _preparation = new TextPreparation(source, options, ensemble.LongestSequence);
        _unknown = new UnknownWords(source, target, options.Lexicon);
        _pieceTexts = new Lazy<PieceTexts>(() => new PieceTexts(target, _preparation.Normalize));
        Special = new SpecialIds(target.Vocabulary.BeginId, target.Vocabulary.EndId, target.Vocabulary.PadId);
    }

    /// <summary>The settings.</summary>
    internal GeneratorOptions Options { get; }

    /// <summary>Joins outputs.</summary>
    internal Tokenizer Target { get; }

    /// <summary>The signs that are not text.</summary>
    internal SpecialIds Special { get; }

    /// <summary>A search with what the settings ask of every search.</summary>
    /// <exception cref="ArgumentException">Its options contradict each other.</exception>
    internal SearchOptions Checked(SearchOptions search)
    {
        search = Options.ReplaceUnknown ? search with { RecordAttention = true } : search;
        search.ThrowIfInvalid();
        return search;
    }

    /// <summary>The same of a search whose output is told while it grows.</summary>
    /// <exception cref="ArgumentException">Its options contradict each other, or ask for more than one output.</exception>
    internal SearchOptions CheckedForStream(SearchOptions search) => search is { NBest: 1 } and not MinimumBayesRiskOptions ? Checked(search) : throw new ArgumentException(
        "A stream is one output that grows: of several outputs, and of samples that are compared, none can be told before the end.", nameof(search));

    /// <summary>Cuts a source into pieces; none where it is empty.</summary>
    internal SourceText Prepare(string source) => _preparation.Prepare(source);

    /// <summary>Cuts what an output is to begin with into pieces.</summary>
    internal int[] CutPrefix(string prefix) => prefix.Length == 0 ? [] : Target.Encode(_preparation.Normalize(prefix));

    /// <summary>Cuts an output that somebody wrote into pieces.</summary>
    /// <param name="output">The output.</param>
    /// <param name="number">The caller's number of it, for faults.</param>
    /// <exception cref="ArgumentException">It is longer than the models can write.</exception>
    internal int[] CutWritten(string output, long number)
    {
        int[] ids = Target.Encode(_preparation.Normalize(output));
        return ids.Length < _ensemble.LongestSequence ? ids : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"The output of line {number + 1} has {ids.Length} pieces, but the models can write {_ensemble.LongestSequence - 1}: its score would be that of another. Shorten it or leave it out."));
    }

    /// <summary>Sources and their outputs, for a pass over whole sentences.</summary>
    internal TrainingBatch Pairs(IReadOnlyList<SourceText> sources, IReadOnlyList<int[]> outputs) => new(
        SequenceBatch.From([.. sources.Select(Ended)]),
        SequenceBatch.From([.. outputs.Select(output => (int[])[Special.Begin, .. output])]),
        [.. outputs.SelectMany(output => (int[])[.. output, Special.End])]);

    /// <summary>The pieces of a source, its end sign last.</summary>
    internal int[] Ended(SourceText text) => [.. text.Ids, _source.Vocabulary.EndId];

    /// <summary>What makes requests of sentences.</summary>
    /// <param name="search">How outputs are looked for.</param>
    /// <param name="requests">What sentences will ask for.</param>
    /// <exception cref="ArgumentException">A banned id lies outside the vocabulary, or a constraint cannot be held.</exception>
    internal SentenceRequests RequestsFor(SearchOptions search, IReadOnlyList<DecodingRequest> requests)
    {
        search = search is MinimumBayesRiskOptions risk ? risk.ToSampling() : search;
        ConstraintCompiler? compiler = null;
        if (search.Constraints.Count > 0 || requests.Any(request => request.Constraints.Count > 0))
        {
            compiler = Volatile.Read(ref _constraints);
            if (compiler is null || !ReferenceEquals(compiler.Shared, search.Constraints))
            {
                compiler = new ConstraintCompiler(search.Constraints, _pieceTexts.Value, _ensemble.VocabularySize);
                Volatile.Write(ref _constraints, compiler);
            }
        }

        return new SentenceRequests(search, _ensemble.VocabularySize, _ensemble.LongestSequence, compiler);
    }

    /// <summary>The request of one sentence.</summary>
    /// <param name="sentences">What makes it.</param>
    /// <param name="place">Its place among the caller's sentences.</param>
    /// <param name="text">The sentence, not empty.</param>
    /// <param name="number">The caller's number of it.</param>
    /// <param name="request">What it asks of its output.</param>
    /// <exception cref="ArgumentException">The search cannot hold a constraint.</exception>
    internal SentenceRequest Request(SentenceRequests sentences, int place, SourceText text, long number, DecodingRequest request) =>
        sentences.Make(place, Ended(text), number, CutPrefix(request.Prefix), request.Constraints);

    /// <summary>What became of a source.</summary>
    /// <param name="index">Its place among the caller's.</param>
    /// <param name="source">The source as it was given.</param>
    /// <param name="text">The source as the model read it.</param>
    /// <param name="found">What was found, best first.</param>
    /// <param name="search">How.</param>
    internal GeneratedText Finished(int index, string source, SourceText text, IReadOnlyList<Hypothesis> found, SearchOptions search)
    {
        IReadOnlyList<GeneratedHypothesis> hypotheses = [.. found.Select(hypothesis => new GeneratedHypothesis(TextOf(hypothesis, text), hypothesis))];
        if (search is MinimumBayesRiskOptions risk)
        {
            hypotheses = [.. ExpectedUtility.Rank(hypotheses, risk.Utility).Take(risk.NBest)];
        }

        Hypothesis best = hypotheses[0].Hypothesis;
        return new GeneratedText(index, source, text.WasCut, hypotheses, [.. best.Ids.Select(id => Target.Vocabulary[id])])
        {
            SourceLength = text.Ids.Length,
            SourcePieces = best.Attention.Count == 0 ? [] : SourcePieces(text),
        };
    }

    /// <summary>The pieces of a source as the model read it, its end sign last.</summary>
    internal IReadOnlyList<string> SourcePieces(SourceText text) =>
        [.. _source.Pieces(text.Text).Take(text.Ids.Length), _source.Vocabulary[_source.Vocabulary.EndId]];

    /// <summary>A hypothesis as text.</summary>
    internal string TextOf(Hypothesis hypothesis, SourceText source)
    {
        int unknown = Target.Vocabulary.UnknownId;
        return !Options.ReplaceUnknown || hypothesis.Attention.Count == 0 || !hypothesis.Ids.Contains(unknown)
            ? Target.Decode(hypothesis.Ids)
            : _unknown.TextOf(hypothesis, source.Text, source.Ids);
    }
}
