using System.Security.Cryptography;
using System.Text;
using Sequor.Configuration;

namespace Sequor.Checkpoints;

/// <summary>
/// What makes two models the same one, further trained or not: seed, data, vocabulary, shape, and how it is trained. How long it
/// is trained, how often it is saved, on how many threads and how it is searched does not count.
/// </summary>
public static class ModelIdentity
{
    /// <summary>The identity as 64 hexadecimal digits.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <param name="vocabularyHashes">The SHA-256 of its vocabulary files, in the order of the configuration.</param>
    public static string Of(SequorConfiguration configuration, IEnumerable<string> vocabularyHashes)
    {
        SequorConfiguration kept = configuration with
        {
            Data = configuration.Data with
            {
                Train = [.. configuration.Data.Train.Select(corpus => corpus with { License = null, Origin = null })],
                Dev = null,
                Test = null,
                Streaming = StreamingChoice.Auto,
            },
            Vocabulary = configuration.Vocabulary with { Model = [] },
            Training = WithoutLimits(configuration.Training),
            Decoding = new(),
            Card = new(),
        };
        string text = kept.ToYaml() + string.Join("\n", vocabularyHashes);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static TrainingConfiguration WithoutLimits(TrainingConfiguration training)
    {
        TrainingConfiguration defaults = new();
        return training with
        {
            MaxUpdates = defaults.MaxUpdates,
            DecayUpdates = defaults.DecayUpdates,
            MaxEpochs = defaults.MaxEpochs,
            MaxMinutes = defaults.MaxMinutes,
            ValidateEvery = defaults.ValidateEvery,
            CheckpointEvery = defaults.CheckpointEvery,
            KeepCheckpoints = defaults.KeepCheckpoints,
            AverageLast = defaults.AverageLast,
            EarlyStopping = defaults.EarlyStopping,
            LogEvery = defaults.LogEvery,
            TensorBoard = defaults.TensorBoard,
            Storage = defaults.Storage,
            Threads = defaults.Threads,
        };
    }
}
