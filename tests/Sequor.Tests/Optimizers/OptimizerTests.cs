using Sequor.Optimizers;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Optimizers;

/// <summary>Groups learn at their own rates, and frozen weights stay in their bits.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<string> Kinds => ["sgd", "momentum", "adam", "adamw", "adagrad", "adafactor"];

    [Fact]
    public void A_group_has_its_own_rate_and_decay()
    {
        using ParameterSet set = Set(out Parameter first, out Parameter second);
        var optimizer = new Sgd(set, groups: [new ParameterGroup([second], LearningRateFactor: 0.5f, WeightDecay: 0.1f)]);
        optimizer.Update(0.1f, 0.5f);

        // g = 2 · 0.5; the first weight loses 0.1 · 1, the second 0.05 · (1 + 0.1 · 4).
        Assert.Equal(1 - 0.1f, first.Value.Item(), 1e-6f);
        Assert.Equal(4 - (0.05f * 1.4f), second.Value.Item(), 1e-6f);
        Assert.Equal((0f, 0f, 1L), (first.Gradient.Item(), second.Gradient.Item(), optimizer.Updates));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Frozen_weights_are_not_touched_and_others_are(string kind)
    {
        using ParameterSet set = Set(out Parameter first, out Parameter second);
        first.IsFrozen = true;
        Optimizer optimizer = kind switch
        {
            "sgd" => new Sgd(set, weightDecay: 0.1f),
            "momentum" => new Sgd(set, 0.9f, 0.1f),
            "adam" => new Adam(set, new AdamOptions { WeightDecay = 0.1f }),
            "adamw" => new Adam(set, new AdamOptions { WeightDecay = 0.1f, Decoupled = true }),
            "adafactor" => new Adafactor(set, new AdafactorOptions { Beta1 = 0.9f, WeightDecay = 0.1f }),
            _ => new Adagrad(set, weightDecay: 0.1f),
        };
        optimizer.Update(0.1f, 1);
        Assert.Equal(1, first.Value.Item());
        Assert.NotEqual(4, second.Value.Item());
    }

    [Fact]
    public void A_parameter_in_two_groups_is_refused()
    {
        using ParameterSet set = Set(out Parameter first, out _);
        var fault = Assert.Throws<ArgumentException>(() => new Sgd(set, groups: [new ParameterGroup([first]), new ParameterGroup([first])]));
        Assert.Contains("The parameter first is in two groups", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adam_s_options_are_checked_all_at_once()
    {
        using ParameterSet set = Set(out _, out _);
        var options = new AdamOptions { Beta1 = 1, Epsilon = 0, WeightDecay = float.NaN };
        Assert.Equal(3, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new Adam(set, options));
    }

    [Fact]
    public void Adafactor_s_options_are_checked_all_at_once()
    {
        using ParameterSet set = Set(out _, out _);
        var options = new AdafactorOptions { Beta1 = 1, DecayExponent = double.NaN, ClipThreshold = 0 };
        Assert.Equal(3, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new Adafactor(set, options));
    }

    [Fact]
    public void A_plateau_without_saved_state_begins_anew_and_waits_for_at_least_one_validation()
    {
        var schedule = new PlateauSchedule(1, 0.5f, 1);
        schedule.Validated(false);
        Assert.Equal(0.5f, schedule.LearningRate(1));
        schedule.LoadState("");
        Assert.Equal(1, schedule.LearningRate(1));
        Assert.Throws<ModelFormatException>(() => schedule.LoadState("three"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlateauSchedule(1, 0.5f, 0));
    }

    private static ParameterSet Set(out Parameter first, out Parameter second)
    {
        var set = new ParameterSet();
        first = set.Add(["first"], [1]);
        second = set.Add(["second"], [1]);
        set.Allocate();
        first.Value.CopyFrom([1]);
        second.Value.CopyFrom([4]);
        first.Gradient.CopyFrom([2]);
        second.Gradient.CopyFrom([2]);
        return set;
    }
}
