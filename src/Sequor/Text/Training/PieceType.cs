namespace Sequor.Text.Training;

/// <summary>What a piece stands for; the numbers are those of SentencePiece's model file.</summary>
internal enum PieceType
{
    /// <summary>A learned piece of text.</summary>
    Normal = 1,

    /// <summary>Stands for everything outside the vocabulary.</summary>
    Unknown = 2,

    /// <summary>Inserted by the program; never cut from text.</summary>
    Control = 3,

    /// <summary>Cut from text whole, wherever it stands.</summary>
    UserDefined = 4,

    /// <summary>One byte of a character outside the alphabet.</summary>
    Byte = 6,
}
