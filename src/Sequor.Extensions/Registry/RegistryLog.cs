using Microsoft.Extensions.Logging;

namespace Sequor.Extensions.Registry;

/// <summary>What a registry tells its log; never a text of a user.</summary>
internal static partial class RegistryLog
{
    [LoggerMessage(1, LogLevel.Information, "Model {Id} was loaded from {Path} in {Seconds:F3} s, version {Version}")]
    internal static partial void Loaded(ILogger logger, string id, string path, double seconds, string version);

    [LoggerMessage(2, LogLevel.Information, "Model {Id} was replaced by {Path}, loaded in {Seconds:F3} s, version {Version}; requests under way end with the old one")]
    internal static partial void Replaced(ILogger logger, string id, string path, double seconds, string version);

    [LoggerMessage(3, LogLevel.Information, "Model {Id} was unloaded")]
    internal static partial void Unloaded(ILogger logger, string id);

    [LoggerMessage(4, LogLevel.Information, "Model {Id} was unloaded after {Seconds:F0} s without use")]
    internal static partial void UnloadedIdle(ILogger logger, string id, double seconds);

    [LoggerMessage(5, LogLevel.Error, "Model {Id} could not be loaded from {Path}: {Reason}")]
    internal static partial void Failed(ILogger logger, string id, string path, string reason);
}
