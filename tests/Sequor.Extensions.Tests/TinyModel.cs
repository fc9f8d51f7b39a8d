using System.Globalization;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Text;

namespace Sequor.Extensions.Tests;

/// <summary>A model directory with fresh weights: it translates nonsense, but it is whole.</summary>
internal static class TinyModel
{
    internal static readonly string[] Words = ["one", "two", "three", "four", "five", "six"];

    /// <summary>An output with its score, which other weights would not give.</summary>
    internal static string Told(GeneratedText output) =>
        string.Create(CultureInfo.InvariantCulture, $"{output.Text} {output.Hypotheses.Select(one => one.Hypothesis.Score).FirstOrDefault():R}");

    /// <summary>Writes the directory, over what is there.</summary>
    internal static string Write(string directory, ulong seed = 1, string? source = null, string? target = null, int nBest = 1, int longerBy = 3, string? ofCard = null)
    {
        SequorConfiguration configuration = SequorConfiguration.Parse(
            $$"""
            format_version: 1
            name: tiny
            data: {source_language: {{source ?? "null"}}, target_language: {{target ?? "null"}}}
            vocabulary: {kind: word, size: 40}
            model: {encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2, dropout: 0}
            decoding: {beam: 3, n_best: {{nBest}}, max_length_ratio: 1, max_length_extra: {{longerBy}}}
            """);
        string vocabulary = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.vocab");
        try
        {
            WordTokenizer.Build(Words, 40).Save(vocabulary);
            int size = Tokenizer.Load(vocabulary).Vocabulary.Size;
            using EncoderDecoder model = configuration.Model.Build(size, size, seed);
            new ModelContents
            {
                Configuration = configuration,
                Weights = ParameterTensors.Of(model.Parameters),
                Vocabularies = [VocabularyPart.CopyOf("vocabulary.vocab", vocabulary)],
                Card = new ModelCard { Name = "tiny", SourceLanguage = ofCard },
            }.Save(directory, replace: true);
            return directory;
        }
        finally
        {
            File.Delete(vocabulary);
        }
    }
}
