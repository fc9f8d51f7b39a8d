using System.IO.Enumeration;
using Sequor.Optimizers;
using Sequor.Tensors.Autograd;

namespace Sequor.Configuration.Building;

/// <summary>Optimisers and schedules as their configuration describes them.</summary>
public static class OptimizerBuilding
{
    /// <summary>Makes the optimiser, after freezing what is not to learn.</summary>
    /// <param name="configuration">The description.</param>
    /// <param name="parameters">The model's parameters.</param>
    /// <exception cref="ConfigurationException">A pattern matches no parameter, or nothing is left to learn.</exception>
    public static Optimizer BuildOptimizer(this TrainingConfiguration configuration, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(parameters);
        Freeze(configuration, parameters);
        IReadOnlyList<ParameterGroup> groups = Groups(configuration, parameters);
        OptimizerConfiguration optimizer = configuration.Optimizer;
        float decay = (float)optimizer.WeightDecay;
        return optimizer.Name switch
        {
            OptimizerChoice.Sgd => new Sgd(parameters, (float)optimizer.Momentum, decay, groups),
            OptimizerChoice.Adagrad => new Adagrad(parameters, (float)optimizer.Epsilon, decay, groups),
            OptimizerChoice.Adafactor => new Adafactor(parameters, AdafactorOptionsOf(optimizer), groups),
            _ => new Adam(
                parameters,
                new AdamOptions
                {
                    Beta1 = (float)optimizer.Beta1,
                    Beta2 = (float)optimizer.Beta2,
                    Epsilon = (float)optimizer.Epsilon,
                    WeightDecay = decay,
                    Decoupled = optimizer.Name == OptimizerChoice.AdamW,
                },
                groups),
        };
    }

    /// <summary>Makes the schedule.</summary>
    /// <param name="configuration">The description.</param>
    /// <param name="width">The model's width, which the noam schedule needs.</param>
    public static Schedule BuildSchedule(this TrainingConfiguration configuration, int width)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Optimizer is { Name: OptimizerChoice.Adafactor, RelativeStep: true })
        {
            return new RelativeStepSchedule();
        }

        float peak = (float)configuration.LearningRate;
        float from = (float)configuration.WarmupFrom;
        long warmup = configuration.WarmupUpdates;
        long end = configuration.DecayUpdates is { } updates ? warmup + updates : configuration.MaxUpdates ?? warmup + 100_000;
        float floor = (float)(configuration.MinimumLearningRate / configuration.LearningRate);
        return configuration.Schedule switch
        {
            ScheduleChoice.Constant => new ConstantSchedule(peak, warmup, from),
            ScheduleChoice.Noam => InverseSquareRootSchedule.Noam(peak, width, Math.Max(1, warmup)),
            ScheduleChoice.Linear => new LinearSchedule(peak, end, warmup, from, floor),
            ScheduleChoice.Cosine => new CosineSchedule(peak, end, warmup, from, floor),
            ScheduleChoice.Exponential => new ExponentialSchedule(
                peak, (float)configuration.DecayFactor, configuration.DecayInterval, warmup, from),
            ScheduleChoice.Plateau => new PlateauSchedule(peak, (float)configuration.DecayFactor, configuration.DecayPatience, warmup, from),
            _ => new InverseSquareRootSchedule(peak, warmup, from),
        };
    }

    private static AdafactorOptions AdafactorOptionsOf(OptimizerConfiguration optimizer) => new()
    {
        Beta1 = (float)optimizer.Momentum,
        DecayExponent = optimizer.DecayExponent,
        Epsilon1 = (float)optimizer.Epsilon1,
        Epsilon2 = (float)optimizer.Epsilon2,
        ClipThreshold = (float)optimizer.ClipThreshold,
        WeightDecay = (float)optimizer.WeightDecay,
        ScaleParameter = optimizer.ScaleParameter,
    };

    private static void Freeze(TrainingConfiguration configuration, ParameterSet parameters)
    {
        foreach (string pattern in configuration.Freeze)
        {
            foreach (Parameter parameter in Matching(parameters, pattern, "training.freeze"))
            {
                parameter.IsFrozen = true;
            }
        }

        if (parameters.All.All(parameter => parameter.IsFrozen))
        {
            throw new ConfigurationException([Fault("training.freeze", "every parameter is frozen, so that nothing is left to learn")]);
        }
    }

    private static IReadOnlyList<ParameterGroup> Groups(TrainingConfiguration configuration, ParameterSet parameters)
    {
        var taken = new HashSet<Parameter>();
        return [.. configuration.ParameterGroups.Select(group => new ParameterGroup(
            [.. Matching(parameters, group.Match, "training.parameter_groups").Where(taken.Add)],
            (float)group.LearningRateFactor, (float?)group.WeightDecay))];
    }

    /// <summary>Parameters that have a name of the pattern; rows kept side by side learn, or stay, together.</summary>
    private static Parameter[] Matching(ParameterSet parameters, string pattern, string key)
    {
        Parameter[] matching = [.. parameters.All.Where(parameter => parameter.Names.Any(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))];
        return matching.Length > 0 ? matching : throw new ConfigurationException([Fault(
            key, $"the pattern \"{pattern}\" matches no parameter; parameters are called such as \"{parameters.All[0].Names[0]}\" or \"{parameters.All[^1].Names[0]}\"")]);
    }

    private static ConfigurationFault Fault(string key, string problem) => new(ConfigurationOrigin.Code, key, problem);
}
