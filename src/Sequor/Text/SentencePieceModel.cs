using Google.Protobuf;
using Sequor.Text.Protobuf;

namespace Sequor.Text;

/// <summary>What a piece of a SentencePiece model is for; the numbers are those of the file.</summary>
public enum PieceType
{
    /// <summary>A piece of text.</summary>
    Normal = 1,

    /// <summary>What stands for text that no piece covers; every model has exactly one.</summary>
    Unknown = 2,

    /// <summary>A mark such as <c>&lt;s&gt;</c> that no text produces and that decodes to nothing.</summary>
    Control = 3,

    /// <summary>A piece that is cut out of any text whole.</summary>
    UserDefined = 4,

    /// <summary>A piece that keeps its id but is never emitted.</summary>
    Unused = 5,

    /// <summary>One byte, <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, for text that no other piece covers.</summary>
    Byte = 6,
}

/// <summary>How a SentencePiece model cuts; the numbers are those of the file.</summary>
public enum SubwordAlgorithm
{
    /// <summary>The most probable segmentation under independent pieces (Kudo 2018).</summary>
    Unigram = 1,

    /// <summary>Merges in the order of their scores (Sennrich et al. 2016).</summary>
    Bpe = 2,

    /// <summary>Cuts at spaces.</summary>
    Word = 3,

    /// <summary>Cuts into code points.</summary>
    Character = 4,
}

/// <summary>One entry of a SentencePiece model.</summary>
/// <param name="Text">Its spelling, a space written as U+2581.</param>
/// <param name="Score">Unigram: natural logarithm of its probability. BPE: minus the number of its merge.</param>
/// <param name="Type">What it is for.</param>
public readonly record struct ModelPiece(string Text, float Score, PieceType Type);

/// <summary>The contents of a SentencePiece <c>.model</c> file. Fields this library does not know survive reading and writing.</summary>
public sealed class SentencePieceModel
{
    private readonly ModelPiece[] _pieces;

    /// <summary>A model over its file's own message.</summary>
    /// <param name="proto">The message; not changed, and not to be changed afterwards.</param>
    /// <param name="name">How the model is called in a fault.</param>
    /// <exception cref="ModelFormatException">The pieces contradict each other.</exception>
    internal SentencePieceModel(ModelProto proto, string name)
    {
        Proto = proto;
        Name = name;
        _pieces = [.. proto.Pieces.Select(piece => new ModelPiece(piece.Piece, piece.Score, (PieceType)piece.Type))];
        ModelCheck.ThrowIfDamaged(this);
    }

    /// <summary>The entries in the order of their ids.</summary>
    public IReadOnlyList<ModelPiece> Pieces => _pieces;

    /// <summary>How the model cuts.</summary>
    public SubwordAlgorithm Algorithm => (SubwordAlgorithm)Proto.TrainerOrDefault.ModelType;

    /// <summary>Whether text that no piece covers is spelt in bytes instead of becoming the unknown piece.</summary>
    public bool ByteFallback => Proto.TrainerOrDefault.ByteFallback;

    /// <summary>Whether the mark of a space ends a word's last piece (true) or begins its first (false, the usual).</summary>
    public bool TreatWhitespaceAsSuffix => Proto.TrainerOrDefault.TreatWhitespaceAsSuffix;

    /// <summary>What the unknown piece decodes to; by default U+2047 between spaces.</summary>
    public string UnknownSurface => Proto.TrainerOrDefault.UnkSurface;

    /// <summary>The name of the normalisation rule, for instance <c>nmt_nfkc</c>; the rule itself is the map in the file.</summary>
    public string NormalizationName => Proto.NormalizerOrDefault.Name;

    /// <summary>Whether a space is put before the text (or behind it, see <see cref="TreatWhitespaceAsSuffix"/>).</summary>
    public bool AddDummyPrefix => Proto.NormalizerOrDefault.AddDummyPrefix;

    /// <summary>Whether leading, trailing and repeated spaces are dropped.</summary>
    public bool RemoveExtraWhitespaces => Proto.NormalizerOrDefault.RemoveExtraWhitespaces;

    /// <summary>Whether a space is written as U+2581.</summary>
    public bool EscapeWhitespaces => Proto.NormalizerOrDefault.EscapeWhitespaces;

    /// <summary>How the model is called in a fault: its file, or what the caller said.</summary>
    internal string Name { get; }

    /// <summary>The file's message.</summary>
    internal ModelProto Proto { get; }

    /// <summary>Reads a <c>.model</c> file.</summary>
    /// <param name="path">The file to read.</param>
    /// <exception cref="ModelFormatException">It is no SentencePiece model, or a damaged one.</exception>
    public static SentencePieceModel Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Load(stream, path);
    }

    /// <summary>Reads a model from a stream to its end.</summary>
    /// <param name="stream">The bytes of a <c>.model</c> file.</param>
    /// <param name="name">How the model is called in a fault.</param>
    /// <exception cref="ModelFormatException">It is no SentencePiece model, or a damaged one.</exception>
    public static SentencePieceModel Load(Stream stream, string name)
    {
        try
        {
            return new SentencePieceModel(ModelProto.Parser.ParseFrom(stream), name);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new ModelFormatException(
                $"'{name}' is no SentencePiece model, or a damaged one: {fault.Message.TrimEnd('.')}. " +
                "Is it the .model file (not the .vocab beside it), and was it copied whole?", fault);
        }
    }

    /// <summary>Writes a <c>.model</c> file that SentencePiece reads too.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public void Save(string path) => WholeFile.Write(path, Save);

    /// <summary>Writes the bytes of a <c>.model</c> file.</summary>
    /// <param name="stream">Where they go.</param>
    public void Save(Stream stream) => Proto.WriteTo(stream);
}
