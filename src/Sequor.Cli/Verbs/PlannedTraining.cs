using Sequor.Configuration;
using Sequor.Training.Runs;

namespace Sequor.Cli.Verbs;

/// <summary>A training as it is about to begin.</summary>
/// <param name="Configuration">Everything about it.</param>
/// <param name="Directory">Where it writes.</param>
/// <param name="Automatic">The choices that were made for two files; null where there was a configuration.</param>
internal sealed record PlannedTraining(SequorConfiguration Configuration, string Directory, AutomaticRun? Automatic)
{
    /// <summary>Whether the configuration was chosen by what the files hold.</summary>
    public bool IsAutomatic => Automatic is not null;
}
