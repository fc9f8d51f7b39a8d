using System.Globalization;

namespace Sequor.Server.Operations;

/// <summary>How much memory this process may take, as its container says.</summary>
internal static class MemoryLimit
{
    /// <summary>Bytes that the process may take; null where nothing limits it but the machine.</summary>
    /// <param name="root">Where the system's files begin; <c>/</c> but in tests.</param>
    internal static long? Read(string root = "/")
    {
        string group = GroupPath(Path.Combine(root, "proc/self/cgroup"));
        long? least = null;
        string mount = Path.Combine(root, "sys/fs/cgroup");

        // A limit of any group around the process holds for it as well.
        for (string path = group; ; path = path[..path.LastIndexOf('/')])
        {
            long? here = Number(mount + path + "/memory.max");
            least = here is { } bytes && (least is null || bytes < least) ? bytes : least;
            if (path.Length == 0)
            {
                break;
            }
        }

        return least ?? Number(Path.Combine(root, "sys/fs/cgroup/memory/memory.limit_in_bytes"));
    }

    private static string GroupPath(string file)
    {
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(one => one.StartsWith("0::", StringComparison.Ordinal)) : null;
        return line?["0::".Length..].TrimEnd('/') ?? "";
    }

    // "max", or in the older hierarchy a number near the largest there is, stands for no limit.
    private static long? Number(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes < 1L << 60 ? bytes : null;
}
