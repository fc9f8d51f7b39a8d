using Sequor.Configuration;

namespace Sequor.Server.Settings;

/// <summary>A setting as someone gave it.</summary>
/// <param name="Setting">What is set.</param>
/// <param name="Values">Its value or values as they were written.</param>
/// <param name="Origin">Where they were written.</param>
internal sealed record SettingSource(ServerSetting Setting, IReadOnlyList<string> Values, ConfigurationOrigin Origin);
