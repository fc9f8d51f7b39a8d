using Sequor.Text;

namespace Sequor.Batching;

/// <summary>Turns the two sides of a pair into token ids, without begin and end tokens, which batches add.</summary>
public sealed record PairEncoder
{
    /// <summary>Source text to ids.</summary>
    public required Func<string, int[]> Source { get; init; }

    /// <summary>Target text to ids.</summary>
    public required Func<string, int[]> Target { get; init; }

    /// <summary>Source text and a key to sampled ids (BPE-dropout, unigram sampling); null takes <see cref="Source"/> always. Default null.</summary>
    public Func<string, ulong, int[]>? SampledSource { get; init; }

    /// <summary>The same for target text. Default null.</summary>
    public Func<string, ulong, int[]>? SampledTarget { get; init; }

    /// <summary>
    /// For each piece of a source text the words it is part of, or null where pieces and words do not fit; needed for corpora with
    /// alignments only. Default null.
    /// </summary>
    public Func<string, int[], IReadOnlyList<WordSpan>?>? SourceWords { get; init; }

    /// <summary>The same for target text. Default null.</summary>
    public Func<string, int[], IReadOnlyList<WordSpan>?>? TargetWords { get; init; }

    /// <summary>Ids below this number make up the source vocabulary.</summary>
    public required int SourceVocabularySize { get; init; }

    /// <summary>Ids below this number make up the target vocabulary.</summary>
    public required int TargetVocabularySize { get; init; }

    /// <summary>The id that closes a source sentence.</summary>
    public required int SourceEndId { get; init; }

    /// <summary>The id that stands for what the source vocabulary lacks; -1 when it lacks nothing.</summary>
    public int SourceUnknownId { get; init; } = -1;

    /// <summary>The id that opens a target sentence.</summary>
    public required int TargetBeginId { get; init; }

    /// <summary>The id that closes a target sentence.</summary>
    public required int TargetEndId { get; init; }

    /// <summary>The id that stands for what the target vocabulary lacks; -1 when it lacks nothing.</summary>
    public int TargetUnknownId { get; init; } = -1;

    /// <summary>Whether a sentence may be cut into other pieces in every epoch.</summary>
    public bool IsSampling => SampledSource is not null || SampledTarget is not null;

    /// <summary>Encodes with tokenizers, which may be one and the same.</summary>
    /// <param name="source">For source text; its vocabulary needs an end token.</param>
    /// <param name="target">For target text; its vocabulary needs a begin and an end token.</param>
    /// <param name="sourceSampling">Cuts source sentences into other pieces in every epoch; null does not. Default null.</param>
    /// <param name="targetSampling">The same for target sentences. Default null.</param>
    /// <exception cref="ArgumentException">A vocabulary lacks a token that batches need.</exception>
    public static PairEncoder From(
        Tokenizer source, Tokenizer target, SamplingOptions? sourceSampling = null, SamplingOptions? targetSampling = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return new PairEncoder
        {
            Source = source.Encode,
            Target = target.Encode,
            SampledSource = sourceSampling is null ? null : (text, key) => source.EncodeSampled(text, sourceSampling, key),
            SampledTarget = targetSampling is null ? null : (text, key) => target.EncodeSampled(text, targetSampling, key),
            SourceWords = (text, ids) => PieceWords.Of(source, text, ids),
            TargetWords = (text, ids) => PieceWords.Of(target, text, ids),
            SourceVocabularySize = source.Vocabulary.Size,
            TargetVocabularySize = target.Vocabulary.Size,
            SourceEndId = Needed(source.Vocabulary.EndId, SpecialTokens.End, "source"),
            SourceUnknownId = source.Vocabulary.UnknownId,
            TargetBeginId = Needed(target.Vocabulary.BeginId, SpecialTokens.Begin, "target"),
            TargetEndId = Needed(target.Vocabulary.EndId, SpecialTokens.End, "target"),
            TargetUnknownId = target.Vocabulary.UnknownId,
        };
    }

    private static int Needed(int id, string token, string side) => id >= 0
        ? id
        : throw new ArgumentException($"The {side} vocabulary has no {token}, and batches need one. Build the vocabulary with its special tokens.");

    internal (int[] Source, int[] Target) Encode(in NumberedPair pair) => (Source(pair.Source), Target(pair.Target));

    /// <summary>The pieces of one epoch: a function of the seed, the epoch and the sentence's number.</summary>
    internal (int[] Source, int[] Target) Sample(in NumberedPair pair, ulong seed, long epoch)
    {
        ulong key = KeyedRandom.Key(seed, KeyedRandom.Purpose.SubwordSampling, epoch, pair.Number);
        return (
            SampledSource?.Invoke(pair.Source, KeyedRandom.Draw(key, 0)) ?? Source(pair.Source),
            SampledTarget?.Invoke(pair.Target, KeyedRandom.Draw(key, 1)) ?? Target(pair.Target));
    }
}
