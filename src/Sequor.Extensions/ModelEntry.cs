using Sequor.Configuration;

namespace Sequor.Extensions;

/// <summary>What is known of a model without using it.</summary>
/// <param name="Id">Its name: that of its directory.</param>
/// <param name="Path">Its directory.</param>
/// <param name="State">Whether it can answer.</param>
/// <param name="Configuration">Its configuration.</param>
public sealed record ModelEntry(string Id, string Path, ModelState State, SequorConfiguration Configuration)
{
    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Fault { get; init; }
}
