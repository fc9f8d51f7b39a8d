using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Scoring;
using Sequor.Tensors.Autograd;
using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>What is decoded and scored at a validation.</summary>
/// <param name="Generator">Translates with the model in training.</param>
/// <param name="Search">How.</param>
/// <param name="Sources">Source texts.</param>
/// <param name="References">Their references.</param>
public sealed record DecodedValidation(Generator Generator, SearchOptions Search, IReadOnlyList<string> Sources, IReadOnlyList<string> References);

/// <summary>Measures loss, perplexity and accuracy with the references given, and BLEU and chrF of what the model writes by itself.</summary>
/// <param name="model">The model in training.</param>
/// <param name="loss">The trained loss.</param>
/// <param name="batches">The held-out pairs.</param>
/// <param name="decoded">What to decode; null for nothing.</param>
public sealed class Validation(EncoderDecoder model, CrossEntropy loss, IReadOnlyList<TrainingBatch> batches, DecodedValidation? decoded = null)
    : IValidation, IDisposable
{
    private readonly Step _step = new(model.Parameters.Device);

    /// <inheritdoc/>
    public ValidationEntry Measure(long update, int epoch)
    {
        LossSums sums = default;
        foreach (TrainingBatch batch in batches)
        {
            using (_step.Begin(StepOptions.Inference))
            {
                sums += loss.Run(model, _step, batch);
            }
        }

        _step.Trim();
        (double? bleu, double? chrf) = Decode();
        return new ValidationEntry
        {
            Update = update,
            Epoch = epoch,
            Loss = sums.LossPerToken,
            Nll = sums.NegativeLogLikelihoodPerToken,
            Perplexity = sums.Perplexity,
            Accuracy = sums.Accuracy,
            Bleu = bleu,
            Chrf = chrf,
        };
    }

    /// <summary>Gives the memory of steps back; the model stays.</summary>
    public void Dispose() => _step.Dispose();

    private (double? Bleu, double? Chrf) Decode()
    {
        if (decoded is null)
        {
            return (null, null);
        }

        string[] outputs = [.. decoded.Generator.Generate(decoded.Sources, decoded.Search).Select(text => text.Text)];
        decoded.Generator.Trim();
        IReadOnlyList<IReadOnlyList<string?>> references = [decoded.References];
        return (new Bleu().ScoreCorpus(outputs, references).Score, new ChrF().ScoreCorpus(outputs, references).Score);
    }
}
