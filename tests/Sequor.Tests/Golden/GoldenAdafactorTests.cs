using Sequor.Optimizers;
using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tests.Golden;

/// <summary>Adafactor makes the updates of the paper's algorithms 4 and 5 as written down in float64 in <c>tools/golden/adafactor.py</c>.</summary>
public sealed class GoldenAdafactorTests
{
    private const int Steps = 8;

    private static readonly string[] _names = ["a", "b", "q", "k", "v"];

    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("adafactor.safetensors"));

    private static GoldenFile File => _file.Value;

    [Fact]
    public void The_papers_own_settings_agree()
    {
        var schedule = new RelativeStepSchedule();
        Check("relative", new AdafactorOptions(), step => schedule.LearningRate(step + 1));
    }

    [Fact]
    public void Steps_that_are_not_relative_to_the_weights_agree() =>
        Check("fixed", new AdafactorOptions { ScaleParameter = false }, step => File.Floats("rates")[step]);

    [Fact]
    public void A_first_moment_and_weight_decay_agree() =>
        Check("moment", new AdafactorOptions { Beta1 = 0.9f, WeightDecay = 0.1f }, step => File.Floats("rates")[step]);

    [Fact]
    public void A_low_threshold_another_decay_and_large_epsilons_agree() => Check(
        "tight", new AdafactorOptions { DecayExponent = 0.5, Epsilon1 = 1e-8f, Epsilon2 = 0.05f, ClipThreshold = 0.25f }, step => File.Floats("rates")[step]);

    [Fact]
    public void What_is_remembered_has_the_size_of_rows_and_columns_and_a_name_for_each_part()
    {
        using ParameterSet set = Weights(out _);
        var optimizer = new Adafactor(set);
        Assert.Equal(
            [
                "row_mean.a [5]", "column_mean.a [7]", "second_moment.b [9]", "row_mean.q [4]", "column_mean.q [6]",
                "row_mean.k [4]", "column_mean.k [6]", "row_mean.v [4]", "column_mean.v [6]",
            ],
            optimizer.State.Select(state => $"{state.Name} {state.Shape}"));
        Assert.Contains("first_moment.k [4, 6]", new Adafactor(set, new AdafactorOptions { Beta1 = 0.5f }).State.Select(state => $"{state.Name} {state.Shape}"));
    }

    [Fact]
    public void Relative_steps_stay_at_a_hundredth_for_ten_thousand_updates_and_then_fall_with_the_root()
    {
        var schedule = new RelativeStepSchedule();
        Assert.Equal(0.01f, schedule.LearningRate(1));
        Assert.Equal(0.01f, schedule.LearningRate(10_000));
        Assert.Equal(0.005f, schedule.LearningRate(40_000), 1e-9f);
    }

    private static void Check(string run, AdafactorOptions options, Func<int, float> rate)
    {
        using ParameterSet set = Weights(out Dictionary<string, (Parameter Parameter, int Part)> places);
        var optimizer = new Adafactor(set, options);
        for (int step = 0; step < Steps; step++)
        {
            float[] all = new float[set.Gradients.Shape.Count];
            foreach (string name in _names)
            {
                (Parameter parameter, int part) = places[name];
                float[] gradient = [.. File.Floats($"gradient/{step}/{name}").Select(value => 4 * value)];
                gradient.CopyTo(all.AsSpan((int)parameter.Offset + (part * gradient.Length)));
            }

            set.Gradients.CopyFrom(all);
            optimizer.Update(rate(step), gradientScale: 0.25f);
            foreach (string name in _names)
            {
                (Parameter parameter, int part) = places[name];
                GoldenFile.Close(File.Floats($"{run}/{step}/{name}"), parameter.Part(part).ToArray(), $"{run}, update {step + 1}, {name}");
            }
        }
    }

    private static ParameterSet Weights(out Dictionary<string, (Parameter Parameter, int Part)> places)
    {
        var set = new ParameterSet();
        Parameter a = set.Add(["a"], [5, 7]), b = set.Add(["b"], [9]), stacked = set.Add(["q", "k", "v"], [12, 6]);
        set.Allocate();
        places = new() { ["a"] = (a, 0), ["b"] = (b, 0), ["q"] = (stacked, 0), ["k"] = (stacked, 1), ["v"] = (stacked, 2) };
        foreach (string name in _names)
        {
            places[name].Parameter.Part(places[name].Part).CopyFrom(File.Floats($"start/{name}"));
        }

        set.MarkChanged();
        return set;
    }
}
