using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Text;

namespace Sequor.Tests.Serving;

/// <summary>Model directories whose fresh weights are made larger, so that outputs differ and end at different lengths.</summary>
internal static class ServedModels
{
    internal static readonly string[] Letters = [.. "abcdefghijklmnopqrstuvw".Select(letter => letter.ToString())];

    internal const string Transformer = "model: {encoder_layers: 1, decoder_layers: 2, width: 16, feed_forward_width: 32, heads: 2, dropout: 0}";
    internal const string Bahdanau = "model: {preset: gru-bahdanau, embedding_width: 16, encoder: {width: 16}, decoder: {width: 16}, dropout: 0}";
    internal const string Sutskever = "model: {preset: rnn-encdec, embedding_width: 16, encoder: {width: 16}, decoder: {width: 16}, dropout: 0}";

    /// <summary>Writes a directory.</summary>
    internal static void Write(string directory, string model, float strength = 2)
    {
        SequorConfiguration configuration = SequorConfiguration.Parse(
            $$"""
            format_version: 1
            name: served
            vocabulary: {kind: word, size: 40}
            {{model}}
            decoding: {beam: 3, max_length_ratio: 2, max_length_extra: 6}
            """);
        string vocabulary = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.vocab");
        try
        {
            WordTokenizer.Build([string.Join(' ', Letters)], 40).Save(vocabulary);
            int size = Tokenizer.Load(vocabulary).Vocabulary.Size;
            using EncoderDecoder built = configuration.Model.Build(size, size, 7);
            built.Parameters.Values.CopyFrom([.. built.Parameters.Values.ToArray().Select(weight => strength * weight)]);
            built.Parameters.MarkChanged();
            new ModelContents
            {
                Configuration = configuration,
                Weights = ParameterTensors.Of(built.Parameters),
                Vocabularies = [VocabularyPart.CopyOf("vocabulary.vocab", vocabulary)],
                Card = new ModelCard { Name = "served" },
            }.Save(directory);
        }
        finally
        {
            File.Delete(vocabulary);
        }
    }

    /// <summary>Texts of many lengths.</summary>
    internal static string Text(int number) =>
        string.Join(' ', Enumerable.Range(number, 1 + (number * 7 % 13)).Select(place => Letters[place * 5 % Letters.Length]));

    /// <summary>Everything about an output, floating-point numbers by their bits.</summary>
    internal static string Told(GeneratedText output) => string.Join('\n', output.Hypotheses.Select(found => string.Join(
        " | ",
        found.Text,
        BitConverter.DoubleToInt64Bits(found.Hypothesis.Score),
        found.Hypothesis.StoppedBy,
        Bits(found.Hypothesis.TokenLogProbabilities),
        Bits(found.Hypothesis.Attention.SelectMany(row => row)),
        string.Join(' ', found.Hypothesis.Constraints.Select(outcome => outcome.IsMet)),
        string.Join(' ', output.SourcePieces))));

    private static string Bits(IEnumerable<float> values) => string.Join(' ', values.Select(BitConverter.SingleToInt32Bits));
}
