using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Models.Recurrent;

namespace Sequor.Tests.Configuration;

public sealed class RecurrentConfigurationTests
{
    [Theory]
    [InlineData("rnn-encdec", SourceView.FixedVector, "gru", 1, ReadoutKind.Maxout)]
    [InlineData("gru-bahdanau", SourceView.AttentionBefore, "gru", 1, ReadoutKind.Tanh)]
    [InlineData("lstm-luong", SourceView.AttentionAfter, "lstm", 2, ReadoutKind.Tanh)]
    public void A_preset_alone_makes_a_recurrent_model(string preset, SourceView view, string cell, int layers, ReadoutKind readout)
    {
        ModelConfiguration model = SequorConfiguration.Parse($"model: {{preset: {preset}}}").Model;
        RecurrentModelOptions options = model.ToRecurrentOptions(100, 100);

        Assert.Equal(ModelChoice.Recurrent, model.Kind);
        Assert.Equal(ModelConfiguration.For(model.Preset), model);
        Assert.Equal((view, cell, layers, readout), (options.View, options.Decoder.Cell.ToString().ToLowerInvariant(), options.Decoder.Layers, options.Readout));
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void The_kind_alone_means_gru_bahdanau_and_keys_lie_over_the_preset()
    {
        Assert.Equal(ModelConfiguration.For(PresetChoice.GruBahdanau), SequorConfiguration.Parse("model: {kind: recurrent}").Model);

        RecurrentConfiguration shape = SequorConfiguration.Parse("model: {preset: lstm-luong, bridge: dense, decoder: {width: 99}, attention: {input_feeding: false}}").Model.Recurrent;
        Assert.Equal((99, 2, CellChoice.Lstm), (shape.Decoder.Width, shape.Decoder.Layers, shape.Decoder.Cell));
        Assert.Equal((AttentionChoice.General, AttentionTimeChoice.After, false), (shape.Attention.Kind, shape.Attention.Time, shape.Attention.InputFeeding));
    }

    [Theory]
    [InlineData("model: {kind: recurrent, heads: 4}", "\"heads\" is a setting of a transformer, and this model is recurrent")]
    [InlineData("model: {bridge: copy}", "\"bridge\" is a setting of a recurrent model, and this one is a transformer; set kind: recurrent")]
    [InlineData("model: {kind: recurrent, preset: transformer-tiny}", "the preset transformer-tiny is a transformer model; leave the kind or the preset out")]
    [InlineData("model: {kind: recurrent, brdge: copy}", "unknown key \"brdge\"; did you mean \"bridge\"?")]
    [InlineData("model: {kind: recurrent, attention: {knd: dot}}", "unknown key \"knd\"; did you mean \"kind\"?")]
    [InlineData("model: {kind: recurrent, attention: {kind: aditive}}", "did you mean \"additive\"?")]
    [InlineData("model: {kind: recurrent, encoder: {kind: mean, cell: gru}}", "\"cell\" is a setting of a recurrent encoder, and this encoder is of another kind")]
    [InlineData("model: {kind: recurrent, encoder: {heads: 2}}", "\"heads\" is a setting of a Transformer's encoder, and this encoder is of another kind")]
    [InlineData("model: {kind: recurrent, decoder: {cell_zoneout: 0.1}}", "model.decoder.cell_zoneout: Zoneout of the cell is set in the decoder, but only an LSTM has a cell beside its state; set zoneout")]
    [InlineData("model: {kind: recurrent, context: initial}", "configuration:1:35: model.context: this says what a decoder without attention does")]
    [InlineData("model: {preset: lstm-luong, attention: {width: 9}}", "model.attention.width: dot, scaled_dot and general attention compare in the width of the states")]
    [InlineData("model: {preset: gru-bahdanau, attention: {heads: 8}}", "model.attention.heads: only multi-head attention has heads (kind: multi_head)")]
    [InlineData("model: {preset: gru-bahdanau, attention: {window_reach: 3}}", "model.attention.window_reach: the whole sentence is seen (window: global)")]
    [InlineData("model: {preset: gru-bahdanau, attention: {location_width: 7}}", "model.attention.location_width: there are no filters over the last weights (location_filters: 0)")]
    [InlineData("model: {preset: rnn-encdec, attention: {coverage: true}}", "model.attention.coverage: there is no attention that this could change (kind: none)")]
    [InlineData("model: {preset: gru-bahdanau, readout: none, readout_width: 9}", "model.readout_width: there is no readout that could have a width")]
    [InlineData("model: {preset: lstm-luong, attention: {kind: none}}", "model.attention.input_feeding: Input feeding hands on what was made of attention, and this model has none; set input_feeding to false")]
    [InlineData("model: {preset: gru-bahdanau, attention: {kind: multi_head, coverage_loss: 1}}", "model.attention.coverage_loss: The coverage loss counts what a single head looked at")]
    [InlineData("model: {preset: gru-bahdanau, attention: {kind: multi_head, window: monotonic}}", "model.attention.window: Multi-head attention sees the whole sentence")]
    [InlineData("model: {preset: gru-bahdanau, attention: {location_filters: 2, location_width: 4}}", "model.attention.location_width: A filter over 4 positions has no middle")]
    [InlineData("model: {preset: gru-bahdanau, decoder: {cell: gru_reset_before}, attention: {context_gate: both}}", "model.attention.context_gate: A gate that weighs the target weighs the recurrent products too")]
    [InlineData("model: {preset: gru-bahdanau, encoder: {cell: ssru, recurrent_dropout: 0.1}}", "model.encoder.recurrent_dropout: Columns are to be hidden from the recurrent product in the encoder, but an SSRU has no such product")]
    [InlineData("model: {preset: gru-bahdanau, attention: {time: after}, readout: none}", "model.readout: Attention after the step reaches the logits through a readout only")]
    [InlineData("training: {feeding: {mode: scheduled, schedule: exponential}}", "an exponential schedule multiplies by decay at every update")]
    public void What_belongs_to_another_kind_or_contradicts_itself_is_one_fault(string yaml, string sentence)
    {
        ConfigurationException thrown = Assert.Throws<ConfigurationException>(() => SequorConfiguration.Parse(yaml));
        Assert.Contains(sentence, Assert.Single(thrown.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_comes_back_when_none_is_a_default()
    {
        var stack = new RecurrentStackConfiguration
        {
            Cell = CellChoice.Lstm,
            Layers = 3,
            Width = 40,
            Residual = true,
            LayerNorm = true,
            VariationalDropout = true,
            Zoneout = 0.1,
            CellZoneout = 0.2,
            HiddenNoise = 0.3,
            DetachEvery = 4,
        };
        RecurrentConfiguration shape = new()
        {
            EmbeddingWidth = 30,
            ReverseSource = true,
            Encoder = new() { Stack = stack with { Cell = CellChoice.RnnRelu, CellZoneout = 0, RecurrentDropout = 0 }, Bidirectional = false, InitialState = InitialStateChoice.Learned },
            Bridge = BridgeChoice.DenseMean,
            Decoder = stack,
            Attention = new()
            {
                Kind = AttentionChoice.NormedAdditive,
                Time = AttentionTimeChoice.After,
                Width = 17,
                Window = AttentionWindowChoice.Predictive,
                WindowReach = 5,
                LocationFilters = 6,
                LocationWidth = 7,
                Coverage = true,
                CoverageLoss = 0.5,
                InputFeeding = true,
                ContextGate = ContextGateChoice.Both,
            },
            Readout = ReadoutChoice.Linear,
            ReadoutWidth = 33,
            ReadoutSeesWord = false,
        };
        var written = new SequorConfiguration
        {
            Model = ModelConfiguration.For(PresetChoice.LstmLuong) with { Recurrent = shape, Dropout = 0.3, TieEmbeddings = TieChoice.Decoder },
            Training = new() { Feeding = new() { Mode = FeedingChoice.Scheduled, Schedule = FeedingScheduleChoice.Exponential, Decay = 0.999, Floor = 0.1, Sample = true, TwoPasses = true } },
        };
        Assert.Equal(written, SequorConfiguration.Parse(written.ToYaml()));

        RecurrentEncoderConfiguration transformer = new() { Kind = EncoderChoice.Transformer, Stack = new() { Layers = 2 }, Heads = 2, FeedForwardWidth = 11, MaxPositions = 400 };
        SequorConfiguration other = written with
        {
            Model = written.Model with { Preset = PresetChoice.GruBahdanau, Recurrent = shape with { Encoder = transformer, ReverseSource = false, Decoder = stack with { LayerNorm = false, RecurrentDropout = 0.1 } } },
        };
        Assert.Equal(other, SequorConfiguration.Parse(other.ToYaml()));

        SequorConfiguration blind = written with
        {
            Model = ModelConfiguration.For(PresetChoice.RnnEncdec) with { Recurrent = new() { Attention = new() { Kind = AttentionChoice.None }, Context = ContextChoice.Initial } },
        };
        Assert.Equal(blind, SequorConfiguration.Parse(blind.ToYaml()));
    }

    [Fact]
    public void Every_choice_has_its_counterpart_in_the_models()
    {
        ModelConfiguration gru = ModelConfiguration.For(PresetChoice.GruBahdanau);
        foreach (RecurrentConfiguration shape in (RecurrentConfiguration[])
        [
            .. Enum.GetValues<EncoderChoice>().Select(kind => new RecurrentConfiguration { Encoder = new() { Kind = kind } }),
            .. Enum.GetValues<BridgeChoice>().Select(bridge => new RecurrentConfiguration { Bridge = bridge }),
            .. Enum.GetValues<ReadoutChoice>().Select(readout => new RecurrentConfiguration { Readout = readout }),
            .. Enum.GetValues<AttentionChoice>().Select(kind => new RecurrentConfiguration { Attention = new() { Kind = kind } }),
            .. Enum.GetValues<AttentionWindowChoice>().Select(window => new RecurrentConfiguration { Attention = new() { Window = window } }),
            .. Enum.GetValues<ContextGateChoice>().Select(gate => new RecurrentConfiguration { Attention = new() { ContextGate = gate } }),
            .. Enum.GetValues<CellChoice>().Select(cell => new RecurrentConfiguration { Decoder = new() { Cell = cell } }),
        ])
        {
            Assert.NotNull((gru with { Recurrent = shape }).ToRecurrentOptions(10, 10));
        }
    }

    [Fact]
    public void A_model_whose_parts_do_not_fit_says_what_to_choose_instead()
    {
        ConfigurationException thrown = Assert.Throws<ConfigurationException>(
            () => SequorConfiguration.Parse("model: {kind: recurrent, bridge: copy, attention: {kind: dot}}"));
        Assert.Equal(
            [
                "configuration:1:34: model.bridge: States of width 512, all directions of the encoder together, cannot be copied into a decoder of width 256; use a dense bridge",
                "configuration:1:58: model.attention.kind: Dot products need states of one width, but the decoder's have 256 and the encoder's 512; use general attention",
            ],
            thrown.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void The_model_of_Sutskever_is_lstm_luong_without_attention()
    {
        RecurrentModelOptions options = SequorConfiguration.Parse(
            "model: {preset: lstm-luong, attention: {kind: none, input_feeding: false}, context: initial, reverse_source: true, readout: none}").Model.ToRecurrentOptions(9, 9);
        Assert.Equal((SourceView.InitialState, Bridge.Copy, true, ReadoutKind.None), (options.View, options.Bridge, options.ReverseSource, options.Readout));
    }

    [Fact]
    public void Heads_of_attention_come_back()
    {
        SequorConfiguration read = SequorConfiguration.Parse("model: {kind: recurrent, attention: {kind: multi_head, heads: 3, width: 30}}");
        Assert.Equal((3, 30), (read.Model.Recurrent.Attention.Heads, read.Model.Recurrent.Attention.Width));
        Assert.Equal(read.Model.Recurrent.Attention, SequorConfiguration.Parse(read.ToYaml()).Model.Recurrent.Attention);
    }

    [Fact]
    public void The_textbook_gru_says_what_the_textbooks_say()
    {
        SequorConfiguration read = SequorConfiguration.Load(Path.Combine(House.SourceTree.Root, "examples", "textbook", "gru.yaml"));
        RecurrentModelOptions options = read.Model.ToRecurrentOptions(100, 100);
        Assert.Equal((256, 512, 512, 1), (options.EmbeddingWidth, options.Encoder.Width, options.Decoder.Width, options.Decoder.Layers));
        Assert.Equal((SourceView.FixedVector, Bridge.Copy, ReadoutKind.None), (options.View, options.Bridge, options.Readout));
        Assert.Empty(options.Validate());
        Assert.Empty(read.Validate());
    }
}
