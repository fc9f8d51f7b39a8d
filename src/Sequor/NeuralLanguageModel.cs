using System.Globalization;
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.LanguageModels;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor;

/// <summary>A model that was trained without sources, asked how likely texts are. One thread at a time may use it.</summary>
public sealed class NeuralLanguageModel : IDisposable
{
    // Pieces read at once, if one text has not more; it changes memory, never a score.
    private const int RowsAtOnce = 4096;

    private readonly EncoderDecoder _model;
    private readonly DataConfiguration _data;
    private readonly Step _step;

    private NeuralLanguageModel(ModelDirectory directory, Device? device)
    {
        _data = directory.Configuration.Data;
        Tokenizer = Tokenizer.Load(directory.VocabularyPaths[^1]);
        int pieces = Tokenizer.Vocabulary.Size;
        _model = directory.Configuration.Model.BuildWithoutWeights(pieces, pieces, device);
        PackedTensors.Load(
            directory.Weights, _model.Parameters, directory.Configuration.Decoding.ToWeightType() ?? PackedTensors.TypeOf(directory.Weights));
        _step = new Step(_model.Parameters.Device);
    }

    /// <summary>Cuts texts into pieces.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Opens a model directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="device">Where to work; the default device when left out.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">The directory holds no model, a damaged one, or one that reads sources.</exception>
    public static NeuralLanguageModel Load(string path, Device? device = null)
    {
        using ModelDirectory directory = ModelDirectory.Open(path);
        return directory.Configuration.Data.IsLanguageModel
            ? new NeuralLanguageModel(directory, device)
            : throw new ModelFormatException($"The model {path} is no language model: it was trained on sources and says how likely a target is only beside one.");
    }

    /// <summary>Scores texts, the end of each included; each is the same whatever the others are.</summary>
    /// <param name="texts">One line each.</param>
    /// <returns>As many sums as texts; words are pieces here.</returns>
    /// <exception cref="ArgumentException">A text has more pieces than the model can write.</exception>
    public IReadOnlyList<Perplexity> Score(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int[][] ids = [.. texts.Select((text, place) => Encode(text, place))];
        var scores = new List<Perplexity>(ids.Length);
        var forced = new ForcedDecoding(_model);
        for (int first = 0; first < ids.Length;)
        {
            int end = first + 1;
            int rows = ids[first].Length + 1;
            while (end < ids.Length && rows + ids[end].Length + 1 <= RowsAtOnce)
                rows += ids[end++].Length + 1;
            int[][] some = ids[first..end];
            IReadOnlyList<float[]> logProbs = forced.TokenLogProbabilities(_step, BatchOf(some));
            scores.AddRange(some.Select((sentence, i) => Sum(sentence, logProbs[i])));
            first = end;
        }

        return scores;
    }

    /// <summary>Gives the model's memory back.</summary>
    public void Dispose()
    {
        _step.Dispose();
        _model.Dispose();
    }

    private int[] Encode(string text, int place)
    {
        text = _data.Nfc ? TextTransforms.Nfc(text) : text;
        int[] ids = Tokenizer.Encode(_data.Lowercase ? TextTransforms.Lowercase(text) : text);
        return ids.Length < _model.LongestSequence
            ? ids
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Text {place + 1} has {ids.Length} pieces, but the model was made for fewer than {_model.LongestSequence}. Cut it into sentences."), nameof(text));
    }

    private TrainingBatch BatchOf(int[][] sentences)
    {
        Vocabulary vocabulary = Tokenizer.Vocabulary;
        return new TrainingBatch(
            SequenceBatch.From([.. sentences.Select(_ => new[] { vocabulary.EndId })]),
            SequenceBatch.From([.. sentences.Select(sentence => (int[])[vocabulary.BeginId, .. sentence])]),
            [.. sentences.SelectMany(sentence => (int[])[.. sentence, vocabulary.EndId])]);
    }

    private Perplexity Sum(int[] sentence, float[] logProbs)
    {
        Perplexity sum = default;
        for (int place = 0; place < logProbs.Length; place++)
        {
            bool isUnknown = place < sentence.Length && sentence[place] == Tokenizer.Vocabulary.UnknownId;
            sum += isUnknown ? new Perplexity(0, 0, 1, logProbs[place]) : new Perplexity(1, logProbs[place], 0, 0);
        }

        return sum;
    }
}
