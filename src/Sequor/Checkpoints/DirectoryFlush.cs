using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Checkpoints;

/// <summary>
/// Waits until a directory's entries lie on the disk. On Unix a rename survives a power cut only after that, and .NET cannot open
/// a directory; Windows writes renames to its journal by itself.
/// </summary>
internal static class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Does what the system can and reports nothing: some file systems refuse, and the rename has happened all the same.</summary>
    public static void Run(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return;
        }
        try
        {
            int directory = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly);
            if (directory >= 0)
            {
                _ = Synchronize(directory);
                _ = Close(directory);
            }
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without a C library under that name has no other way to ask.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Synchronize(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
