namespace Sequor;

/// <summary>A file that should describe a model, or a part of one, does not: the message names the file and the damage.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>A fault without a text of its own.</summary>
    public ModelFormatException()
        : base("A model file is damaged.")
    {
    }

    /// <summary>A fault in words.</summary>
    /// <param name="message">A sentence that names the file, what is wrong in it and what was expected.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>A fault in words, with the exception that led to it.</summary>
    /// <param name="message">A sentence that names the file, what is wrong in it and what was expected.</param>
    /// <param name="innerException">What the reader of the bytes reported.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
