using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Text;

namespace Sequor.Checkpoints.Importing;

/// <summary>
/// A GRU encoder–decoder without attention in a NumPy archive, as <c>g2p_en</c> stores its grapheme-to-phoneme model (Park and Kim 2019): <c>enc_emb</c>
/// [V, E], <c>enc_w_ih</c> [3H, E], <c>enc_w_hh</c> [3H, H], <c>enc_b_ih</c> and <c>enc_b_hh</c> [3H], the same beginning with <c>dec</c>, <c>fc_w</c> [V, H]
/// and <c>fc_b</c> [V]. Gates stand in PyTorch's order r, z, n; the decoder starts at the encoder's last state.
/// </summary>
public static class GruArchive
{
    private static readonly (string Theirs, string Ours)[] _names =
    [
        ("enc_emb", "encoder.embedding.weight"),
        ("enc_w_ih", "encoder.layers.0.forward.input.weight"),
        ("enc_w_hh", "encoder.layers.0.forward.recurrent.weight"),
        ("enc_b_ih", "encoder.layers.0.forward.input.bias"),
        ("enc_b_hh", "encoder.layers.0.forward.recurrent.bias"),
        ("dec_emb", "decoder.embedding.weight"),
        ("dec_w_ih", "decoder.layers.0.input.weight"),
        ("dec_w_hh", "decoder.layers.0.recurrent.weight"),
        ("dec_b_ih", "decoder.layers.0.input.bias"),
        ("dec_b_hh", "decoder.layers.0.recurrent.bias"),
        ("fc_w", "output.weight"),
        ("fc_b", "output.bias"),
    ];

    /// <summary>Reads an archive.</summary>
    /// <param name="path">The <c>.npz</c> file.</param>
    /// <param name="source">The source pieces in the order of their ids; null for the letters of <c>g2p_en</c>.</param>
    /// <param name="target">The target pieces; null for the phonemes of <c>g2p_en</c>.</param>
    /// <param name="name">What the model is to be called.</param>
    /// <returns>A model to save.</returns>
    /// <exception cref="ModelFormatException">The archive is damaged, holds another model, or the pieces are not as many as its rows.</exception>
    public static ModelContents Read(string path, Vocabulary? source = null, Vocabulary? target = null, string name = "g2p-en")
    {
        IReadOnlyDictionary<string, NumpyArray> arrays = NumpyArchive.Read(path);
        string[] missing = [.. _names.Select(pair => pair.Theirs).Where(theirs => !arrays.ContainsKey(theirs))];
        if (missing.Length > 0)
        {
            throw new ModelFormatException(
                $"'{path}' holds no GRU encoder–decoder that is known: {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing; it has {string.Join(", ", arrays.Keys.Order(StringComparer.Ordinal))}.");
        }

        source ??= G2pVocabularies.Letters;
        target ??= G2pVocabularies.Phonemes;
        CheckPieces(path, arrays["enc_emb"], source, "source");
        CheckPieces(path, arrays["dec_emb"], target, "target");
        SequorConfiguration configuration = ConfigurationOf(path, arrays, name);
        CheckShapes(path, arrays, configuration, source.Size, target.Size);
        return new ModelContents
        {
            Configuration = configuration,
            Weights = [.. _names.Select(pair => SourceOf(pair.Ours, arrays[pair.Theirs]))],
            Vocabularies = [PartOf("source.vocab", source), PartOf("target.vocab", target)],
            Card = new ModelCard { Name = name, Description = $"Imported from {Path.GetFileName(path)}." },
        };
    }

    private static SequorConfiguration ConfigurationOf(string path, IReadOnlyDictionary<string, NumpyArray> arrays, string name)
    {
        int embedding = Width(path, arrays["enc_emb"]);
        int hidden = Width(path, arrays["enc_w_hh"]);
        var stack = new RecurrentStackConfiguration { Width = hidden };
        return new SequorConfiguration
        {
            Name = name,
            Data = new DataConfiguration { Lowercase = true },
            Vocabulary = new VocabularyConfiguration { Kind = VocabularyChoice.Character, Joint = false },
            Model = ModelConfiguration.For(PresetChoice.RnnEncdec) with
            {
                Dropout = 0,
                TieEmbeddings = TieChoice.None,
                Recurrent = new RecurrentConfiguration
                {
                    EmbeddingWidth = embedding,
                    Encoder = new RecurrentEncoderConfiguration { Stack = stack, Bidirectional = false },
                    Decoder = stack,
                    Bridge = BridgeChoice.Copy,
                    Attention = new AttentionConfiguration { Kind = AttentionChoice.None },
                    Context = ContextChoice.Initial,
                    Readout = ReadoutChoice.None,
                },
            },

            // The original decodes greedily and gives up after twenty phonemes.
            Decoding = new DecodingConfiguration { Beam = 1, MaxLength = 20, MaxLengthExtra = 20 },
        };
    }

    private static int Width(string path, NumpyArray array) => array.Shape.Count == 2 && array.Shape[1] > 0
        ? array.Shape[1]
        : throw new ModelFormatException($"The array '{array.Name}' of '{path}' has the shape ({string.Join(", ", array.Shape)}), but must be a matrix.");

    private static void CheckPieces(string path, NumpyArray table, Vocabulary pieces, string side)
    {
        if (table.Shape.Count == 2 && table.Shape[0] != pieces.Size)
        {
            throw new ModelFormatException(
                $"The {side} embeddings of '{path}' have {table.Shape[0]} rows, but there are {pieces.Size} {side} pieces. Name the file of the model's own pieces.");
        }

        if (pieces.EndId < 0 || (side == "target" && pieces.BeginId < 0))
        {
            throw new ModelFormatException($"The {side} pieces have no {(pieces.EndId < 0 ? SpecialTokens.End : SpecialTokens.Begin)}, without which no sentence can be {(side == "source" ? "read" : "written")}.");
        }
    }

    /// <summary>Every array must have the shape of the weight that it becomes.</summary>
    private static void CheckShapes(string path, IReadOnlyDictionary<string, NumpyArray> arrays, SequorConfiguration configuration, int source, int target)
    {
        using EncoderDecoder model = configuration.Model.Build(source, target, seed: 0);
        foreach ((string theirs, string ours) in _names)
        {
            model.Parameters.TryGet(ours, out Tensor weight);
            if (!weight.Shape.Equals(new Shape([.. arrays[theirs].Shape])))
            {
                throw new ModelFormatException(
                    $"The array '{theirs}' of '{path}' has the shape ({string.Join(", ", arrays[theirs].Shape)}), but {weight.Shape} is needed beside the others.");
            }
        }
    }

    private static TensorSource SourceOf(string name, NumpyArray array) => TensorSource.Floats(
        name, [.. array.Shape], (first, destination) => array.Values.AsSpan((int)first, destination.Length).CopyTo(destination));

    /// <summary>Pieces of one character each are cut from text as such, all others at spaces.</summary>
    private static VocabularyPart PartOf(string file, Vocabulary pieces)
    {
        bool areCharacters = pieces.Pieces.All(piece => SpecialTokens.All.Contains(piece) || piece.EnumerateRunes().Count() == 1);
        string kind = areCharacters ? CharacterTokenizer.Kind : WordTokenizer.Kind;
        return new VocabularyPart(file, stream => VocabularyFile.Write(stream, pieces.Pieces, TokenizerFile.FirstWord + kind));
    }
}
