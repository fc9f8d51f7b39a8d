using System.Diagnostics;
using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>What a training has needed of the machine's memory, in bytes.</summary>
/// <param name="Parameters">The weights.</param>
/// <param name="Gradients">Their gradients.</param>
/// <param name="Optimizer">What the optimiser remembers, such as two moments of each weight.</param>
/// <param name="Others">Copies of the weights: laid out for products, and their moving average.</param>
/// <param name="Step">What the largest batch has used of the arena: activations and gradients.</param>
/// <param name="PeakResident">The most that the whole process has held at one time, text, code and runtime included; 0 where the system does not tell.</param>
public sealed record TrainingMemory(long Parameters, long Gradients, long Optimizer, long Others, long Step, long PeakResident)
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Weights, gradients, the optimiser's buffers and copies.</summary>
    public long Model => Parameters + Gradients + Optimizer + Others;

    /// <summary>The most memory that this process has held at one time, in bytes; 0 where the system does not tell.</summary>
    public static long PeakResidentOfProcess()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Such as <c>31 MiB for the model (8 parameters, 8 gradients, 15 optimiser), 161 MiB for an update, 290 MiB resident at most</c>.</summary>
    public override string ToString()
    {
        string others = Others > 0 ? $", {In(Others)} copies" : "";
        string resident = PeakResident > 0 ? $", {In(PeakResident)} MiB resident at most" : "";
        return $"{In(Model)} MiB for the model ({In(Parameters)} parameters, {In(Gradients)} gradients, {In(Optimizer)} optimiser{others}), "
            + $"{In(Step)} MiB for an update{resident}";
    }

    private static string In(long bytes) => bytes < Mebibyte * 10 ? LogText.Fixed(bytes / Mebibyte, 1) : LogText.Count(bytes / Mebibyte);
}
