using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Models;
using Sequor.Text;

namespace Sequor.Tests;

/// <summary>A model directory with fresh weights: it translates nonsense, but it is whole.</summary>
internal static class TinyModel
{
    internal static readonly string[] Words = ["one", "two", "three", "four", "five", "six"];

    /// <summary>Writes the directory.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    /// <param name="words">The vocabulary; <see cref="Words"/> when left out.</param>
    internal static void Write(string directory, ulong seed = 1, string[]? words = null)
    {
        SequorConfiguration configuration = SequorConfiguration.Parse(
            """
            format_version: 1
            name: tiny
            vocabulary: {kind: word, size: 40}
            model: {encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2, dropout: 0}
            decoding: {beam: 3, max_length_ratio: 1, max_length_extra: 3}
            """);
        string vocabulary = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.vocab");
        try
        {
            WordTokenizer.Build(words ?? Words, 40).Save(vocabulary);
            int size = Tokenizer.Load(vocabulary).Vocabulary.Size;
            using EncoderDecoder model = configuration.Model.Build(size, size, seed);
            new ModelContents
            {
                Configuration = configuration,
                Weights = ParameterTensors.Of(model.Parameters),
                Vocabularies = [VocabularyPart.CopyOf("vocabulary.vocab", vocabulary)],
                Card = new ModelCard { Name = "tiny" },
            }.Save(directory);
        }
        finally
        {
            File.Delete(vocabulary);
        }
    }
}
