using System.Runtime.InteropServices;
using Sequor.Tensors.Memory;

namespace Sequor.Testing;

/// <summary>Numbers whose last one is the last of a page, with an unreadable page behind it (on Linux): a kernel that reads or writes too far ends the process.</summary>
public sealed unsafe partial class GuardedFloats : IDisposable
{
    private const int NoAccess = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _block;
    private readonly nuint _bytes;

    /// <summary>Takes memory for some numbers, all 0.</summary>
    public GuardedFloats(long count)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint used = (((nuint)count * sizeof(float)) + page - 1) / page * page;
        _bytes = used + page;
        nint start;
        if (OperatingSystem.IsLinux())
        {
            _block = Map(0, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
            if (_block == -1 || Protect(_block + (nint)used, page, NoAccess) != 0)
            {
                throw new OutOfMemoryException("The system gave no memory with a guard page.");
            }

            start = _block + (nint)used - ((nint)count * sizeof(float));
        }
        else
        {
            _block = (nint)NativeMemory.AlignedAlloc(_bytes, page);
            NativeMemory.Clear((void*)_block, _bytes);
            start = _block;
        }

        Storage = new Storage<float>(start, count);
    }

    /// <summary>Takes memory for these numbers.</summary>
    public GuardedFloats(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    /// <summary>The numbers, as kernels take them.</summary>
    public Storage<float> Storage { get; }

    /// <summary>The numbers, as tests read them.</summary>
    public Span<float> Span => new((void*)Storage.Address, checked((int)Storage.Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap(_block, _bytes);
        }
        else
        {
            NativeMemory.AlignedFree((void*)_block);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);
}
