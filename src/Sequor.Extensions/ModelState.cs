namespace Sequor.Extensions;

/// <summary>Whether a model can answer.</summary>
public enum ModelState
{
    /// <summary>It is not in memory; the next request loads it.</summary>
    Unloaded,

    /// <summary>It is being read.</summary>
    Loading,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It could not be read; <see cref="ModelEntry.Fault"/> says why.</summary>
    Failed,
}
