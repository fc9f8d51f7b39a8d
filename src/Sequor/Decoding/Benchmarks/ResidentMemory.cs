using System.Diagnostics;
using System.Runtime;

namespace Sequor.Decoding.Benchmarks;

/// <summary>What the process holds of the machine's memory.</summary>
internal static class ResidentMemory
{
    // Linux forgets the peak when this is written; see proc(5).
    private const string ForgetFile = "/proc/self/clear_refs";
    private const string ForgetPeak = "5";

    /// <summary>The most bytes held at one time since the peak was forgotten, or ever; 0 where the system does not tell.</summary>
    internal static long Peak
    {
        get
        {
            using Process process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Collects garbage and lets the system forget the peak, so that what loading needed is not counted; without effect on systems that cannot.</summary>
    internal static void Settle()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            if (File.Exists(ForgetFile))
            {
                File.WriteAllText(ForgetFile, ForgetPeak);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The peak then holds what loading needed too: more than decoding took, never less.
        }
    }
}
