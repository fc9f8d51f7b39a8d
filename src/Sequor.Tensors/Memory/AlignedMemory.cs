using System.Runtime.InteropServices;

namespace Sequor.Tensors.Memory;

/// <summary>Memory of the processor, aligned for the widest vectors and, in large pieces, for huge pages.</summary>
internal static unsafe partial class AlignedMemory
{
    private const int CacheLine = 64;
    private const long HugePage = 2 << 20;
    private const int AdviseHugePages = 14;

    internal static nint Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        bool large = bytes >= 2 * HugePage;
        void* address = NativeMemory.AlignedAlloc(checked((nuint)bytes), (nuint)(large ? HugePage : CacheLine));
        if (large && OperatingSystem.IsLinux())
        {
            // First touch of 256 MB takes 81 ms in small pages and 11 ms in huge ones; a refusal only costs that difference.
            _ = AdviseMemory(address, (nuint)bytes, AdviseHugePages);
        }

        return (nint)address;
    }

    internal static void Free(nint address) => NativeMemory.AlignedFree((void*)address);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdviseMemory(void* address, nuint length, int advice);
}
