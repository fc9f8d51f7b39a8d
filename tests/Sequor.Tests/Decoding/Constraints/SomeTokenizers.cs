using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>A small tokenizer of every kind.</summary>
internal static class SomeTokenizers
{
    private static readonly string[] _corpus =
    [
        "the cat sees the dog.", "a dog hears the category!", "good morning, dog", "hello cat", "good night, dogs and cats.", "the catch is a dog's", "hello abc and cab!",
        "dad, bad cab", "a good dad.", "ab cd",
    ];

    internal static Tokenizer Words { get; } = WordTokenizer.Build(_corpus.Select(line => string.Join(' ', line.Split(' ', ',', '.', '!', '\''))), 60);

    internal static IReadOnlyDictionary<string, Tokenizer> All { get; } = new Dictionary<string, Tokenizer>
    {
        ["words"] = Words,
        ["characters"] = CharacterTokenizer.Build(_corpus, 60),
        ["bytes"] = new ByteTokenizer(),
        ["bpe"] = SentencePiece(SubwordAlgorithm.Bpe, 70, byteFallback: false),
        ["bpe with bytes"] = SentencePiece(SubwordAlgorithm.Bpe, 320, byteFallback: true),
        ["unigram"] = SentencePiece(SubwordAlgorithm.Unigram, 60, byteFallback: false),
        ["subword-nmt"] = SubwordNmtTrainer.Train(_corpus, new SubwordNmtTrainingOptions { Merges = 40 }),
    };

    private static SentencePieceTokenizer SentencePiece(SubwordAlgorithm algorithm, int size, bool byteFallback) => new(SentencePieceTrainer.Train(
        _corpus, new SubwordTrainingOptions { Algorithm = algorithm, VocabularySize = size, ByteFallback = byteFallback, HardVocabularyLimit = false, PadId = 3 }));
}
