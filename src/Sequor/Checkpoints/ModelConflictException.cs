namespace Sequor.Checkpoints;

/// <summary>A directory already holds a different model, and nobody has said that it may be replaced.</summary>
public sealed class ModelConflictException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="directory">The directory.</param>
    public ModelConflictException(string directory)
        : base($"{directory} already holds a different model, which is not overwritten. Choose another directory.") =>
        Directory = directory;

    /// <summary>The directory that holds the other model.</summary>
    public string Directory { get; }
}
