using System.Diagnostics.CodeAnalysis;

namespace Sequor.Tensors.Errors;

/// <summary>Every sentence about the engine's own settings that it can fail with, written once.</summary>
internal static class SettingErrors
{
    [DoesNotReturn]
    internal static void PoolIsBusy(int threads) => throw new InvalidOperationException(
        $"The worker pool cannot change to {threads} threads while kernels are running on it. Set the number of threads before the work starts.");

    [DoesNotReturn]
    internal static void NotAThreadCount(string variable, string value, int maximum) => throw new InvalidOperationException(
        $"The environment variable {variable} is '{value}', but it must be a whole number of threads from 1 to {maximum}. " +
        "Unset it to use every processor that this process may use.");

    [DoesNotReturn]
    internal static void UnknownKernels(string variable, string value, string known) => throw new InvalidOperationException(
        $"The environment variable {variable} is '{value}', but it must be one of {known}. Unset it to use the fastest path of this processor.");

    [DoesNotReturn]
    internal static void KernelsNotSupported(string variable, string value, string best) => throw new InvalidOperationException(
        $"The environment variable {variable} is '{value}', but this processor (as this process sees it) cannot run that path. " +
        $"The fastest it can run is '{best}'; unset the variable to use it.");
}
