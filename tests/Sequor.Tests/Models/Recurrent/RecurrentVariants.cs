using Sequor.Layers;
using Sequor.Models.Recurrent;
using Sequor.Models.Transformer;
using Sequor.Tensors;

namespace Sequor.Tests.Models.Recurrent;

/// <summary>Small recurrent models of every kind, by name.</summary>
internal static class RecurrentVariants
{
    internal const int Width = 12;

    private static readonly RecurrentStackOptions _gru = new() { Width = Width };

    private static readonly RecurrentStackOptions _lstm = new() { Width = Width, Cell = RecurrentCell.Lstm };

    private static readonly SourceAttentionOptions _additive = new() { Width = 10 };

    /// <summary>Every variant; the options say what is meant to be different from the others.</summary>
    internal static IReadOnlyDictionary<string, RecurrentModelOptions> All { get; } = new Dictionary<string, RecurrentModelOptions>
    {
        ["bahdanau"] = Base,
        ["bahdanau lstm, two layers, residual"] = Base with { Decoder = _lstm with { Layers = 2, Residual = true }, Encoder = _lstm with { Layers = 2, Residual = true } },
        ["normed additive, maxout"] = Base with { Attention = _additive with { Score = AttentionScore.NormedAdditive }, Readout = ReadoutKind.Maxout },
        ["coverage"] = Base with { Attention = _additive with { Coverage = true, CoverageLoss = 0.5f } },
        ["location"] = Base with { Attention = _additive with { LocationFilters = 3, LocationWidth = 5 } },
        ["coverage and location"] = Base with { Attention = _additive with { Coverage = true, LocationFilters = 2, LocationWidth = 3 } },
        ["local-p"] = After with { Attention = new() { Score = AttentionScore.General, Window = AttentionWindow.Predictive, WindowReach = 2, Width = 7 } },
        ["concat after"] = After with { Attention = _additive with { Score = AttentionScore.Concat } },
        ["dot after"] = After with { Bidirectional = false, Attention = new() { Score = AttentionScore.Dot } },
        ["scaled dot after, fed"] = After with { Bidirectional = false, Attention = new() { Score = AttentionScore.ScaledDot }, InputFeeding = true },
        ["luong"] = After with
        {
            Encoder = _lstm with { Layers = 2 },
            Decoder = _lstm with { Layers = 2 },
            Bidirectional = false,
            Bridge = Bridge.Copy,
            InputFeeding = true,
            ReadoutSeesWord = false,
        },
        ["general after"] = After,
        ["multi-head after"] = After with { Attention = new() { Score = AttentionScore.MultiHead, Width = 8, Heads = 2 } },
        ["multi-head before"] = Base with { Attention = new() { Score = AttentionScore.MultiHead, Width = 8, Heads = 2 } },
        ["local-m"] = After with { Attention = new() { Score = AttentionScore.General, Window = AttentionWindow.Monotonic, WindowReach = 2 } },
        ["gate before, source"] = Base with { ContextGate = ContextGateKind.Source },
        ["gate before, target"] = Base with { ContextGate = ContextGateKind.Target, Decoder = _lstm with { RecurrentDropout = 0.2f } },
        ["gate before, both"] = Base with { ContextGate = ContextGateKind.Both },
        ["gate after, target"] = After with { ContextGate = ContextGateKind.Target, InputFeeding = true },
        ["gate after, both"] = After with { ContextGate = ContextGateKind.Both },
        ["cho"] = Fixed with { View = SourceView.FixedVector, Readout = ReadoutKind.Maxout },
        ["sutskever"] = Fixed with
        {
            View = SourceView.InitialState,
            Encoder = _lstm with { Layers = 2 },
            Decoder = _lstm with { Layers = 2 },
            Bridge = Bridge.Copy,
            ReverseSource = true,
            Readout = ReadoutKind.None,
        },
        ["tanh"] = Base with { Encoder = _gru with { Cell = RecurrentCell.Tanh }, Decoder = _gru with { Cell = RecurrentCell.Tanh }, Bridge = Bridge.DenseMean },
        ["relu"] = After with { Encoder = _gru with { Cell = RecurrentCell.Relu }, Decoder = _gru with { Cell = RecurrentCell.Relu }, Bridge = Bridge.Learned },
        ["reset before"] = Base with { Encoder = _gru with { Cell = RecurrentCell.GruResetBefore }, Decoder = _gru with { Cell = RecurrentCell.GruResetBefore } },
        ["ssru"] = After with { Encoder = _gru with { Cell = RecurrentCell.Ssru }, Decoder = _gru with { Cell = RecurrentCell.Ssru }, LearnedStart = true },
        ["layer norm"] = After with { Encoder = _gru with { LayerNorm = true }, Decoder = _lstm with { LayerNorm = true }, LearnedStart = true },
        ["layer norm, dropout, zoneout, detached"] = Base with
        {
            Encoder = _lstm with { LayerNorm = true, RecurrentDropout = 0.2f, Zoneout = 0.1f, CellZoneout = 0.1f, HiddenNoise = 0.1f },
            Decoder = _gru with { LayerNorm = true, RecurrentDropout = 0.2f, DetachEvery = 3 },
        },
        ["gate before, both, layer norm"] = Base with
        {
            Encoder = _lstm with { LayerNorm = true, DetachEvery = 3 },
            Decoder = _lstm with { LayerNorm = true, RecurrentDropout = 0.2f, Layers = 2, CellZoneout = 0.1f },
            ContextGate = ContextGateKind.Both,
        },
        ["zoneout, noise, detached"] = Base with
        {
            Encoder = _lstm with { Zoneout = 0.1f, CellZoneout = 0.2f, HiddenNoise = 0.1f, DetachEvery = 3 },
            Decoder = _lstm with { Layers = 2, Zoneout = 0.1f, CellZoneout = 0.2f, RecurrentDropout = 0.2f, Dropout = 0.2f, DetachEvery = 2, VariationalDropout = true },
            Bridge = Bridge.Zero,
            Dropout = 0.2f,
        },
        ["mean encoder"] = After with { EncoderKind = RecurrentEncoderKind.Mean },
        ["mean encoder, fixed vector"] = Fixed with { EncoderKind = RecurrentEncoderKind.Mean },
        ["Transformer encoder"] = Base with
        {
            EncoderKind = RecurrentEncoderKind.Transformer,
            TransformerLayers = 2,
            TransformerBlock = new() { Heads = 2, FeedForwardWidth = 16, Dropout = 0 },
        },
        ["tied"] = Base with { TieEmbeddings = EmbeddingTying.All, ReadoutWidth = 9 },
    };

    /// <summary>A vocabulary of its own for every test.</summary>
    internal static RecurrentModelOptions Of(string name, int vocabulary) =>
        All[name] with { SourceVocabularySize = vocabulary, TargetVocabularySize = vocabulary };

    private static RecurrentModelOptions Base => new()
    {
        SourceVocabularySize = 10,
        TargetVocabularySize = 10,
        EmbeddingWidth = 8,
        Encoder = _gru,
        Decoder = _gru,
        Attention = _additive,
        ReadoutWidth = 8,
        Dropout = 0,
    };

    private static RecurrentModelOptions After => Base with { View = SourceView.AttentionAfter, Attention = new() { Score = AttentionScore.General } };

    private static RecurrentModelOptions Fixed => Base with { View = SourceView.FixedVector, Bidirectional = false };
}
